# Read with `.` by scripts that need a catalogue of their own.
#
#   . contrib/scripts/private-catalogue.sh SGS NAME
#
# Makes the temporary folder $work, in which the program SGS may be told to start a catalogue:
# `SGS catalogue start --directory "$work/catalogue"`. When the script ends, the process $server,
# where it is set, the catalogue and the folder are gone.
private_sgs=$1
work=$(mktemp -d "${TMPDIR:-/tmp}/sgs-$2.XXXXXX")
chmod 711 "$work"       # the database's user has to enter it
server=
clean_up() {
    if [ -n "$server" ]; then kill "$server" 2>/dev/null && wait "$server" || true; fi
    "$private_sgs" catalogue stop --directory "$work/catalogue" 2>/dev/null || true
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM
unset "${!PG@}"
