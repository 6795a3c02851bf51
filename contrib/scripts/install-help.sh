#!/bin/bash
# Completion for bash, zsh and fish, and the manual pages, of the built programs.
#
#   install-help.sh [PREFIX]
#
# PREFIX is ~/.local by default: man looks there where ~/.local/bin is on the PATH, bash (package
# bash-completion) and fish by themselves, zsh where fpath has PREFIX/share/zsh/site-functions before
# compinit.
# Build first: swift build -c release.
set -euo pipefail
cd "$(dirname "$0")/../.."

prefix=${1:-$HOME/.local}
bin=${SGS_PROGRAMS:-$(swift build -c release --show-bin-path)}
bash=$prefix/share/bash-completion/completions
zsh=$prefix/share/zsh/site-functions
fish=$prefix/share/fish/vendor_completions.d
mkdir -p "$bash" "$zsh" "$fish"
for program in sgs sdc-runner; do
    [ -x "$bin/$program" ] || { echo "install-help: $bin/$program is missing; build first" >&2; exit 69; }
    "$bin/$program" --generate-completion-script bash >"$bash/$program"
    "$bin/$program" --generate-completion-script zsh >"$zsh/_$program"
    "$bin/$program" --generate-completion-script fish >"$fish/$program.fish"
    contrib/scripts/manual-pages.py "$bin/$program" "$prefix/share/man"
done
echo "installed  completion and manual pages below $prefix/share"
