# shellcheck shell=bash disable=SC2034 # read by dist/build and dist/test
# What dist/build and dist/test share. To be read by them from the root of the sources.

# A draft is made in minutes, of the program that tests run: to see that what is handed out is made as it should be. It is not
# handed out itself.
draft=''
if [ "${1:-}" = --draft ]; then
  draft=-draft
  shift
fi

say() { printf '%s\n' "$*" >&2; }

fail() { say "$@"; exit 1; }

# Packages of the system, installed where they are missing: by root, else by sudo, else the line to run is said.
need() {
  local missing=() package
  for package in "$@"; do
    [[ " ${missing[*]} " != *" $package "* ]] || continue
    dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -q '^installed$' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  local as=()
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
      as=(sudo)
    else
      fail "Missing: ${missing[*]}. Install them, then run this again:" \
        $'\n'"  su -c 'apt-get update && apt-get install -y --no-install-recommends ${missing[*]}'"
    fi
  fi
  say "Installing ${missing[*]} …"
  "${as[@]}" apt-get update -qq
  "${as[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

target_dir=${CARGO_TARGET_DIR:-$PWD/target}
# Where everything lies that is handed out.
out=$target_dir/dist$draft
# Tools that are needed for building alone.
tools=$target_dir/tools
work=$target_dir/dist-work$draft
commit=$(git rev-parse HEAD)
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
# Everything that is made bears the time of its commit, so that the same commit gives the same bytes.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH TZ=UTC LC_ALL=C.UTF-8

windows=x86_64-pc-windows-gnu
linux=x86_64-unknown-linux-gnu
arm=aarch64-unknown-linux-gnu
# The oldest C library of Linux that programs of ours run on.
glibc=2.17

# The name of a target's archive, and of the folder in it.
archive() { printf 'jixiao-%s-%s' "$version" "$1"; }

# What a target is called in packages: of Debian, of RPM.
debian_arch() { case $1 in "$linux") echo amd64 ;; "$arm") echo arm64 ;; esac; }
rpm_arch() { case $1 in "$linux") echo x86_64 ;; "$arm") echo aarch64 ;; esac; }
