"""The program podium-server, and what starts it."""

import os
import sys


def main():
    """Lets podium-server take this process over: signals reach it, and its exit code is ours."""
    program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "podium-server")
    os.execv(program, [program, *sys.argv[1:]])
