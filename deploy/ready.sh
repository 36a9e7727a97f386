# shellcheck shell=sh
# Read by ./run, ./test, ./candour and ./bench. Leaves a .venv with what the command
# needs, or says in one sentence what is missing. Sets nothing but what `ready` prints.

say() { printf '%s\n' "$*" >&2; }

# find_python: prints a Python this project runs on, the newest first.
find_python() {
    for name in ${CANDOUR_PYTHON:-} python3.14 python3.13 python3.12 python3.11 python3; do
        if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' \
            >/dev/null 2>&1; then
            command -v "$name"
            return 0
        fi
    done
    say "Candour needs Python 3.11 to 3.14, and none was found:" \
        "install python3 (on Debian: apt-get install python3 python3-venv)."
    return 1
}

# installed NAME: true when .venv holds what requirements/NAME.txt lists.
installed() {
    [ -x "$root/.venv/bin/python" ] && [ -r "$root/.venv/installed" ] &&
        grep -qxF "$1 $(cksum <"$root/requirements/$1.txt")" "$root/.venv/installed"
}

# ready run|dev|bench: installs only when the lock file changed since the last time.
ready() {
    installed "$1" && return 0
    python=$(find_python) || exit 1
    "$python" -P "$root/deploy/install.py" "$1" || exit 1
}
