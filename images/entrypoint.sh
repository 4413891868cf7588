#!/bin/sh
# Our commands and options go to the program; everything else runs as it is: Bamboo's Docker Runner starts the image
# with `tail -f /dev/null` and brings its scripts later.
case "${1-}" in
  '' | -* | help | @COMMANDS@) exec /usr/local/bin/@PROGRAM@ "$@" ;;
esac
# `echo` is a word of the shell and a program; `wait` and `type` are words only, and nothing that could run here.
if [ -x "/bin/$1" ] || case "$(command -v -- "$1")" in */*) ;; *) false ;; esac; then exec "$@"; fi
# Neither ours nor here: the program says which commands there are.
exec /usr/local/bin/@PROGRAM@ "$@"
