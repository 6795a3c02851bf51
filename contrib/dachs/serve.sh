#!/bin/bash
# Serves what setup.sh prepared, in the foreground, until it is interrupted or terminated.
#
#   serve.sh FOLDER
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
source "$here/owner.sh"

folder=$(realpath "${1:?usage: serve.sh FOLDER}")
owner=$(stat -c %U "$folder/gavorc")
words=(env -C "$folder" HOME="$folder" GAVOSETTINGS="$folder/gavorc" dachs serve debug)
if [ "$(id -un)" = "$owner" ]; then exec "${words[@]}"; fi
if [ "$(id -u)" -eq 0 ]; then
    exec setpriv --reuid "$owner" --regid "$(id -g "$owner")" --init-groups "${words[@]}"
fi
exec sudo -u "$owner" "${words[@]}"
