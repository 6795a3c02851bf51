#!/bin/bash
# Installs what building, running and testing need and is not there yet. Debian 12, with a Swift
# toolchain on the PATH; as root, or as an ordinary user with sudo.
set -euo pipefail

packages=(
    build-essential git pkg-config
    libglpk-dev libpq-dev libical-dev zlib1g-dev libsqlite3-dev libssl-dev
    postgresql postgresql-contrib
)
missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if ((${#missing[@]})); then
    as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || {
            echo "setup: ${missing[*]} are missing; install them, or install sudo" >&2
            exit 69
        }
        as_root=(sudo)
    fi
    echo "setup: installing ${missing[*]}" >&2
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
command -v swift >/dev/null || {
    echo "setup: no swift on the PATH; install a Swift 6.2 toolchain or a later one" >&2
    exit 69
}
