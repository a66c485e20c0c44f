#!/bin/sh
# Find a Python that can carry the project, then let scripts/setup.py do the work with it.
set -eu
cd "$(dirname "$0")/.."

for python in python3.11 python3.12 python3.13 python3; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        exec "$python" -m scripts.setup "$@"
    fi
done
echo "setup: Python 3.11 or newer is needed; on Debian or Ubuntu: sudo apt-get install python3 python3-venv" >&2
exit 1
