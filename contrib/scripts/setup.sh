#!/bin/bash
# Installs what building, running and testing need and is not there yet. Debian 12, with a Swift
# toolchain on the PATH; as root, or as an ordinary user with sudo.
#
#   setup.sh [test | slurm | report | package | full]
#
# With `test` also HiGHS, the optional second solver, below .state/python; with `slurm` the batch
# system for `make run-slurm`; with `report` the programs that look at reports; with `package` what
# makes and looks at the Debian package; with `full` what the tests by outside programs need, too.
set -euo pipefail
cd "$(dirname "$0")/../.."

packages=(
    build-essential git pkg-config
    libglpk-dev libpq-dev libxml2-dev zlib1g-dev libsqlite3-dev libssl-dev
    postgresql postgresql-contrib time
)
with_highs=false
[ "${1:-}" != slurm ] || packages+=(slurm-wlm munge)
if [[ "${1:-}" =~ ^(report|full)$ ]]; then
    packages+=(python3-venv chromium chromium-driver default-jre-headless jq stilts)
fi
if [[ "${1:-}" =~ ^(package|full)$ ]]; then
    packages+=(dpkg-dev binutils chrpath lintian man-db debootstrap systemd
        systemd-container)
fi
if [ "${1:-}" = full ]; then
    packages+=(curl python3-venv stilts aladin xvfb xauth wrk nginx-light
        libdatetime-event-ical-perl rsync openssh-server slurm-wlm munge gridengine-master
        gridengine-exec gridengine-client nodejs)
fi
if [[ "${1:-}" =~ ^(test|full)$ ]] && [ -z "$(contrib/scripts/highs-library.sh)" ]; then
    with_highs=true
    packages+=(python3-venv)
fi
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
    # The tests start private servers: those of the packages stay off, now and at the next start.
    policy=/usr/sbin/policy-rc.d
    if [[ "${1:-}" =~ ^(slurm|full)$ ]] && [ ! -e $policy ]; then
        printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee $policy >/dev/null
        "${as_root[@]}" chmod 755 $policy
        trap '"${as_root[@]}" rm -f $policy' EXIT
    fi
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    for package in "${missing[@]}"; do
        case $package in
        slurm-wlm) services=(slurmctld slurmd) ;;
        munge | gridengine-master | gridengine-exec) services=("$package") ;;
        *) continue ;;
        esac
        "${as_root[@]}" systemctl disable "${services[@]}" >/dev/null 2>&1 || true
    done
fi
command -v swift >/dev/null || {
    echo "setup: no swift on the PATH; install a Swift 6.2 toolchain or a later one" >&2
    exit 69
}
if $with_highs; then
    echo "setup: installing HiGHS (PyPI highspy) below .state/python" >&2
    mkdir -p .state
    # Its library alone is needed, not what the Python package depends on.
    { /usr/bin/python3 -m venv .state/python &&
        .state/python/bin/python3 -m pip install -q --disable-pip-version-check --no-deps \
            highspy==1.15.1; } >&2 ||
        echo "setup: HiGHS could not be installed; tests that need it are skipped" >&2
fi
if [ "${1:-}" = full ] && ! .state/python/bin/python3 -c 'import dateutil' 2>/dev/null; then
    echo "setup: installing python-dateutil (PyPI) below .state/python" >&2
    mkdir -p .state
    { { [ -x .state/python/bin/python3 ] || /usr/bin/python3 -m venv .state/python; } &&
        .state/python/bin/python3 -m pip install -q --disable-pip-version-check \
            python-dateutil==2.9.0.post0; } >&2
fi
