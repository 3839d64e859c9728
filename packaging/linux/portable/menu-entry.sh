#!/bin/sh
# Add this folder's Stonehand to a person's menu, or remove it; see README.txt beside this script.
set -eu

id=org.stonehand.Stonehand
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
share="$here/share"
home="${XDG_DATA_HOME:-$HOME/.local/share}"
profile=/etc/apparmor.d/stonehand-portable

# In a desktop entry a program's path is quoted, and what is special in quotes has a backslash;
# then each backslash is doubled, as in every value, and a percent sign as well.
quoted() {
    printf '%s' "$1" | sed -e 's/[\\"`$]/\\&/g' -e 's/\\/\\\\/g' -e 's/%/%%/g'
}

# Let the desktop know at once; where these are missing it looks by itself.
refresh() {
    if command -v update-desktop-database >/dev/null; then
        update-desktop-database "$home/applications" || true
    fi
    if command -v update-mime-database >/dev/null && [ -d "$home/mime/packages" ]; then
        update-mime-database "$home/mime" || true
    fi
}

files() {
    (cd "$share" && find applications icons mime -type f | sort)
}

add() {
    case $here in
        *'
'*) echo "The menu can't name a folder with a line break: $here" >&2; exit 1 ;;
    esac
    files | while IFS= read -r file; do
        mkdir -p "$home/$(dirname "$file")"
        cp "$share/$file" "$home/$file"
    done
    program=$(quoted "$here/stonehand")
    for entry in "$id.desktop" "$id.link.desktop"; do
        while IFS= read -r line; do
            case $line in
                Exec=stonehand*) printf 'Exec="%s"%s\n' "$program" "${line#Exec=stonehand}" ;;
                *) printf '%s\n' "$line" ;;
            esac
        done <"$share/applications/$entry" >"$home/applications/$entry"
    done
    refresh
    echo "Stonehand is in your menu."
}

remove() {
    files | while IFS= read -r file; do
        rm -f "$home/$file"
    done
    refresh
    files | while IFS= read -r file; do
        # Folders that are empty now; those of others stay.
        (cd "$home" && rmdir -p "$(dirname "$file")" 2>/dev/null) || true
    done
    echo "Stonehand is no longer in your menu."
}

allow() {
    if ! command -v apparmor_parser >/dev/null || [ ! -d /etc/apparmor.d ]; then
        echo "There is no AppArmor here, so nothing has to be allowed." >&2
        exit 1
    fi
    case $here in
        *[!A-Za-z0-9/._-]*) echo "Move this folder to a path of plain letters first: $here" >&2; exit 1 ;;
    esac
    cat >"$profile" <<END
abi <abi/4.0>,
include <tunables/global>

profile stonehand-portable $here/{stonehand,_internal/**/QtWebEngineProcess} flags=(unconfined) {
  userns,
}
END
    apparmor_parser --replace "$profile"
    echo "Chromium's sandbox is allowed to $here."
}

forbid() {
    [ ! -f "$profile" ] || apparmor_parser --remove "$profile" || true
    rm -f "$profile"
    echo "Removed $profile."
}

case ${1:-} in
    add | remove | allow | forbid) "$1" ;;
    *) echo "Usage: $0 add | remove | allow | forbid" >&2; exit 2 ;;
esac
