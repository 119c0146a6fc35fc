#!/usr/bin/env python3
"""Makes a Python wheel that puts one ready-made program on PATH.

The wheel has no Python code and no dependencies: pip only unpacks it. eng/pack calls this; the standard library is
enough. The same input gives the same bytes.
"""

import argparse
import base64
import hashlib
import stat
import sys
import time
import zipfile
from pathlib import Path

NAME = "podium"

# .NET 10's portable x64 build asks for glibc 2.27 (dotnet/core, release-notes/10.0/supported-os.md), and so do the
# symbols of the published file (objdump -T: GLIBC_2.27). manylinux2014 would promise 2.17, and the program would not
# start there; manylinux_2_28 would turn away systems where it runs. pip knows such names from version 20.3 on.
PLATFORM = "manylinux_2_27_x86_64"
TAG = f"py3-none-{PLATFORM}"

SUMMARY = "Says which checkpoint of a fine-tuning run to ship, and why."
DESCRIPTION = """\
Podium reads what Hugging Face style trainers write, ranks the checkpoints of a run with a multi-metric score and says
which one to ship, and why:

    podium rank ./outputs
    podium best ./outputs

This wheel holds one self-contained program for Linux on x86-64 (glibc 2.27 or newer). It needs neither .NET nor any
Python package.
"""


def metadata(version, licences):
    """METADATA, as version 2.4 of the core metadata has it."""
    lines = [
        "Metadata-Version: 2.4",
        f"Name: {NAME}",
        f"Version: {version}",
        f"Summary: {SUMMARY}",
        "Author: The Podium authors",
        "License-Expression: MIT",
        *(f"License-File: {path.name}" for path in licences),
        "Keywords: fine-tuning,checkpoints,machine learning",
        "Classifier: Environment :: Console",
        "Classifier: Intended Audience :: Science/Research",
        "Classifier: Operating System :: POSIX :: Linux",
        "Classifier: Topic :: Scientific/Engineering :: Artificial Intelligence",
        "Requires-Python: >=3.7",
        "Description-Content-Type: text/markdown",
    ]
    return "\n".join(lines) + "\n\n" + DESCRIPTION


def wheel_file():
    """WHEEL: what kind of wheel this is."""
    return f"Wheel-Version: 1.0\nGenerator: podium-build-wheel\nRoot-Is-Purelib: false\nTag: {TAG}\n"


def record_line(name, data):
    """One line of RECORD: the name, the hash and the size of a member."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode("ascii")
    return f"{name},sha256={digest},{len(data)}\n"


def build(program, version, licences, epoch, output):
    """Writes the wheel and returns its path."""
    info = f"{NAME}-{version}.dist-info"
    members = [(f"{NAME}-{version}.data/scripts/{NAME}", program.read_bytes(), 0o755)]
    members += [(f"{info}/licenses/{path.name}", path.read_bytes(), 0o644) for path in licences]
    members += [
        (f"{info}/METADATA", metadata(version, licences).encode("utf-8"), 0o644),
        (f"{info}/WHEEL", wheel_file().encode("ascii"), 0o644),
    ]
    record = "".join(record_line(name, data) for name, data, _ in members) + f"{info}/RECORD,,\n"
    members.append((f"{info}/RECORD", record.encode("utf-8"), 0o644))

    output.mkdir(parents=True, exist_ok=True)
    path = output / f"{NAME}-{version}-{TAG}.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data, mode in members:
            entry = zipfile.ZipInfo(name, time.gmtime(epoch)[:6])
            entry.create_system = 3  # Unix: only then do installers read the mode below
            entry.external_attr = (stat.S_IFREG | mode) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, required=True, help="the executable that the wheel puts on PATH")
    parser.add_argument("--version", required=True, help="such as 0.1.0")
    parser.add_argument("--licence", type=Path, action="append", required=True, help="a licence or notices file; repeat it")
    parser.add_argument("--epoch", type=int, default=315532800, help="seconds since 1970 that every member is dated (1980-01-01)")
    parser.add_argument("--output", type=Path, required=True, help="the folder for the wheel")
    options = parser.parse_args()
    if "-" in options.version:
        # A hyphen would end the version in the wheel's name; 1.0.0-rc.1 is 1.0.0rc1 in Python's terms.
        sys.exit(f"build_wheel: version '{options.version}' has a hyphen; give it as Python writes it, such as 1.0.0rc1")

    print(build(options.program, options.version, options.licence, options.epoch, options.output))


if __name__ == "__main__":
    main()
