#!/usr/bin/env bash
# Checks the Kubernetes manifests against the schemas of Kubernetes, which the validator brings along.
set -euo pipefail
cd "$(dirname "$0")/deploy"

if ! cmp --silent requirements.txt .venv/requirements.txt; then
    if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
        if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
            echo "tests/deploy.sh needs Python 3 with venv: please install it." >&2
            exit 1
        fi
        apt-get update >&2
        DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends python3-venv >&2
    fi
    python3 -m venv --clear .venv
    .venv/bin/pip install --quiet --disable-pip-version-check --requirement requirements.txt
    cp requirements.txt .venv/
fi
.venv/bin/kubernetes-validate --strict ../../deploy/kubernetes/*.yaml
