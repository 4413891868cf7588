#!/bin/sh
# Writes the Bamboo variables of this task into a file, for a Docker task that follows: Bamboo gives its variables to
# the docker client, not to the container. Usage: sh bamboo-variables.sh [file]; default: bamboo-variables.env
# One line for each variable, its value as a JSON string, so that quotes, $, backslashes and newlines survive.
# The file may hold passwords: only its owner may read it (mode 600), and a final task removes it.
set -eu
file=${1:-bamboo-variables.env}
umask 077
rm -f "$file" "$file.part"
LC_ALL=C awk 'BEGIN {
  escape["\""] = "\\\""; escape["\\"] = "\\\\"
  for (code = 1; code < 32; code++) escape[sprintf("%c", code)] = sprintf("\\u%04x", code)
  for (name in ENVIRON) {
    # The capabilities of the agent are many and never used.
    if (name !~ /^(bamboo|BAMBOO_ECS)_[A-Za-z0-9_]+$/ || name ~ /^bamboo_capability_/) continue
    value = ENVIRON[name]; text = ""; count++
    for (at = 1; at <= length(value); at++) {
      letter = substr(value, at, 1)
      text = text ((letter in escape) ? escape[letter] : letter)
    }
    print name "=\"" text "\""
  }
  if (count == 0) exit 1
}' > "$file.part" || { rm -f "$file.part"; echo "No bamboo_ variables in this environment: is this a task of Bamboo?" >&2; exit 1; }
mv -f "$file.part" "$file"
echo "Wrote $file: $(wc -l < "$file" | tr -d ' ') variables"
