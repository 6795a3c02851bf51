#!/bin/bash
# Prepares GAVO DaCHS to serve the catalogue's views by TAP, with ObsLocTAP, on loopback.
#
#   setup.sh CATALOGUE FOLDER [PORT]
#
# CATALOGUE is the folder of a private catalogue that runs and is not empty; FOLDER becomes DaCHS's
# own; PORT (18080) is the one of 127.0.0.1 that serve.sh will answer on. Installs what is missing
# (Debian 12; as root, or as an ordinary user with sudo). May be run again: after `sgs catalogue
# migrate` it takes up changed descriptions.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
source "$here/owner.sh"

if (($# < 2 || $# > 3)); then
    echo "usage: setup.sh CATALOGUE FOLDER [PORT]" >&2
    exit 64
fi
catalogue=$(realpath "$1") folder=$(realpath -m "$2") port=${3:-18080}
sgs=${SGS:-$(cd "$here/../.." && swift build -c release --show-bin-path)/sgs}
[ -x "$sgs" ] || { echo "setup: $sgs is missing; build first" >&2; exit 69; }
owner=$(stat -c %U "$catalogue")
socket=$("$sgs" catalogue url --directory "$catalogue" | sed 's/.*host=\([^&]*\).*/\1/')
socket=$(printf '%b' "${socket//%/\\x}")

install_packages() {
    local package missing=()
    for package in python3-gavo stilts postgresql-15-pgsphere postgresql-15-q3c; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
            missing+=("$package")
    done
    ((${#missing[@]})) || return 0
    echo "setup: installing ${missing[*]}" >&2
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# PostgreSQL 15.19 and later refuse two operators of pgSphere 1.2.0 that claim a commutator and a
# negator which others have; without these clauses they are created, and work.
repair_pgsphere() {
    local script
    script=$(pg_config --sharedir)/extension/pg_sphere--1.2.0.sql
    local part='/^-- a minimal set of backwards-compatible operators for GAVO DaCHS/,/^-- debugging/'
    if sed -n "${part}p" "$script" | grep -q 'COMMUTATOR\|NEGATOR'; then
        as_root sed -i "${part}{/COMMUTATOR\|NEGATOR/d}" "$script"
    fi
}

write_settings() {
    [ -d "$folder" ] || as_root install -d -m 700 -o "$owner" "$folder"
    as_owner mkdir -p "$folder/root/tmp" "$folder/root/inputs/sgs" "$folder/root/etc"
    as_owner tee "$folder/gavorc" >/dev/null <<EOF
[general]
rootDir: $folder/root
tempDir: $folder/root/tmp
group: $(id -gn "$owner")

[web]
bindAddress: 127.0.0.1
serverPort: $port
serverURL: http://127.0.0.1:$port
sitename: SGS catalogue

[ivoa]
authority: sgs.catalogue
votDefaultEncoding: td
EOF
    as_owner tee "$folder/root/etc/userconfig.rd" <"$here/userconfig.rd" >/dev/null
    for schema in sgs ivoa; do
        "$sgs" catalogue descriptors "$schema" |
            as_owner tee "$folder/root/inputs/sgs/$schema.rd" >/dev/null
    done
}

run_sql() { "$sgs" catalogue psql --directory "$catalogue" -- -q -v ON_ERROR_STOP=1; }

# DaCHS would put them into the schema of the role's name, which is the catalogue's.
create_extensions() {
    run_sql <<'EOF'
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pg_sphere SCHEMA public;
CREATE EXTENSION IF NOT EXISTS q3c SCHEMA public;
EOF
}

# What DaCHS's roles may do: gavoadmin describes the views, gavo and untrusted read them.
grant_views() {
    run_sql <<'EOF'
GRANT USAGE, CREATE ON SCHEMA sgs, ivoa TO gavoadmin;
GRANT USAGE ON SCHEMA sgs, ivoa TO gavo, untrusted;
GRANT SELECT ON sgs.tile_ownership, sgs.observation_ownership, sgs.sdc_load, sgs.changes,
    ivoa.obsplan TO gavoadmin WITH GRANT OPTION;
GRANT SELECT ON sgs.tile_ownership, sgs.observation_ownership, sgs.sdc_load, sgs.changes,
    ivoa.obsplan TO gavo, untrusted;
EOF
}

install_packages
repair_pgsphere
write_settings
create_extensions
dachs init --dsn "host=$socket user=sgs dbname=sgs" >&2
grant_views
for schema in sgs ivoa; do dachs imp -m "sgs/$schema" >&2; done
echo "setup: run $here/serve.sh $folder to serve http://127.0.0.1:$port/tap" >&2
