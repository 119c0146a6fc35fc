#!/usr/bin/env python3
"""Makes a Python wheel of a ready-made program: of podium, or of podium-server.

podium is one file, which the wheel puts on PATH; pip only unpacks it. podium-server loads SQLite's library from its own
folder, so both lie in a package, and a launcher on PATH starts it. Neither wheel depends on another. eng/pack calls
this; the standard library is enough. The same input gives the same bytes.
"""

import argparse
import base64
import hashlib
import stat
import sys
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Kind:
    """What sets one wheel apart from the other."""

    # The lowest glibc that the files ask for (objdump -T), as pip names it from version 20.3 on. manylinux2014 would
    # promise 2.17, and the program would not start there; a higher one would turn away systems where it runs.
    platform: str
    summary: str
    description: str
    # The Python package that holds the files; None: the program itself goes on PATH.
    package: "str | None" = None


KINDS = {
    "podium": Kind(
        # .NET 10's portable x64 build asks for 2.27 (dotnet/core, release-notes/10.0/supported-os.md).
        platform="manylinux_2_27_x86_64",
        summary="Says which checkpoint of a fine-tuning run to ship, and why.",
        description="""\
Podium reads what Hugging Face style trainers write, ranks the checkpoints of a run with a multi-metric score and says
which one to ship, and why:

    podium rank ./outputs
    podium best ./outputs

This wheel holds one self-contained program for Linux on x86-64 (glibc 2.27 or newer). It needs neither .NET nor any
Python package. The server that `podium serve` starts is a wheel of its own, podium-server.
""",
    ),
    "podium-server": Kind(
        # .NET asks for 2.27, and the SQLite that is packed with it for 2.34.
        platform="manylinux_2_34_x86_64",
        summary="Keeps training jobs, their metrics and their best checkpoints, and serves them.",
        description="""\
Podium's server takes what trainers report (its own calls, or MLflow's), names the best checkpoint while a job still
runs, and lists jobs and checkpoints. Beside the wheel podium, `podium serve` starts it:

    podium serve --data ./podium-data --runs ./outputs

and without it, podium-server takes the same options. This wheel holds one self-contained program for Linux on x86-64
(glibc 2.34 or newer), with SQLite. It needs neither .NET nor any Python package.
""",
        package="podium_server",
    ),
}

SOURCES = Path(__file__).resolve().parent


def metadata(name, version, licences):
    """METADATA, as version 2.4 of the core metadata has it."""
    kind = KINDS[name]
    lines = [
        "Metadata-Version: 2.4",
        f"Name: {name}",
        f"Version: {version}",
        f"Summary: {kind.summary}",
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
    return "\n".join(lines) + "\n\n" + kind.description


def wheel_file(tag):
    """WHEEL: what kind of wheel this is."""
    return f"Wheel-Version: 1.0\nGenerator: podium-build-wheel\nRoot-Is-Purelib: false\nTag: {tag}\n"


def record_line(name, data):
    """One line of RECORD: the name, the hash and the size of a member."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode("ascii")
    return f"{name},sha256={digest},{len(data)}\n"


def payload(name, stem, files):
    """The program's members: (name, bytes, mode)."""
    package = KINDS[name].package
    if package is None:
        return [(f"{stem}.data/scripts/{path.name}", path.read_bytes(), 0o755) for path in files]
    sources = sorted((SOURCES / package).glob("*.py"))
    return [
        *((f"{package}/{path.name}", path.read_bytes(), 0o644) for path in sources),
        *((f"{package}/{path.name}", path.read_bytes(), 0o755) for path in files),
        (f"{stem}.dist-info/entry_points.txt", f"[console_scripts]\n{name} = {package}:main\n".encode("ascii"), 0o644),
    ]


def build(name, files, version, licences, epoch, output):
    """Writes the wheel and returns its path."""
    stem = f"{name.replace('-', '_')}-{version}"
    tag = f"py3-none-{KINDS[name].platform}"
    info = f"{stem}.dist-info"
    members = payload(name, stem, files)
    members += [(f"{info}/licenses/{path.name}", path.read_bytes(), 0o644) for path in licences]
    members += [
        (f"{info}/METADATA", metadata(name, version, licences).encode("utf-8"), 0o644),
        (f"{info}/WHEEL", wheel_file(tag).encode("ascii"), 0o644),
    ]
    record = "".join(record_line(member, data) for member, data, _ in members) + f"{info}/RECORD,,\n"
    members.append((f"{info}/RECORD", record.encode("utf-8"), 0o644))

    output.mkdir(parents=True, exist_ok=True)
    path = output / f"{stem}-{tag}.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for member, data, mode in members:
            entry = zipfile.ZipInfo(member, time.gmtime(epoch)[:6])
            entry.create_system = 3  # Unix: only then do installers read the mode below
            entry.external_attr = (stat.S_IFREG | mode) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--name", choices=KINDS, required=True, help="which wheel to make")
    parser.add_argument("--file", type=Path, action="append", required=True, help="the program, or a library that lies beside it; repeat it")
    parser.add_argument("--version", required=True, help="such as 0.1.0")
    parser.add_argument("--licence", type=Path, action="append", required=True, help="a licence or notices file; repeat it")
    parser.add_argument("--epoch", type=int, default=315532800, help="seconds since 1970 that every member is dated (1980-01-01)")
    parser.add_argument("--output", type=Path, required=True, help="the folder for the wheel")
    options = parser.parse_args()
    if "-" in options.version:
        # A hyphen would end the version in the wheel's name; 1.0.0-rc.1 is 1.0.0rc1 in Python's terms.
        sys.exit(f"build_wheel: version '{options.version}' has a hyphen; give it as Python writes it, such as 1.0.0rc1")
    if options.name not in (path.name for path in options.file):
        sys.exit(f"build_wheel: no --file is called {options.name}, which is the program that the wheel is for")

    print(build(options.name, options.file, options.version, options.licence, options.epoch, options.output))


if __name__ == "__main__":
    main()
