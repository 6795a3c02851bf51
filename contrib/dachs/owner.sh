# Sourced by the scripts here. The private catalogue's socket is its owner's alone: DaCHS runs as
# this user, $owner, and needs no user of its own.

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

as_owner() {
    if [ "$(id -un)" = "$owner" ]; then "$@"; else as_root runuser -u "$owner" -- "$@"; fi
}

# DaCHS with the settings of $folder.
dachs() {
    as_owner env -C "$folder" HOME="$folder" GAVOSETTINGS="$folder/gavorc" dachs "$@"
}
