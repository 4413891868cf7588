#!/bin/sh
# Our commands and options go to the program; everything else runs as it is: Bamboo's Docker Runner starts the image
# with `tail -f /dev/null` and brings its scripts later.
case "${1-}" in
  '' | -* | @COMMANDS@) exec /usr/local/bin/@PROGRAM@ "$@" ;;
esac
if command -v -- "$1" >/dev/null; then exec "$@"; fi
# Neither ours nor here: the program says which commands there are.
exec /usr/local/bin/@PROGRAM@ "$@"
