#!/bin/sh
# Writes the Bamboo variables of this task into a file, for a Docker task that follows: Bamboo gives its variables to
# the docker client, not to the container. Usage: sh bamboo-variables.sh [file]; default: bamboo-variables.env
# One line for each variable, its value as a JSON string, so that quotes, $, backslashes and newlines survive.
# Left out: the agent's capabilities, and what looks secret (password, passphrase, secret, sshkey, token) unless it is
# ours (ecs.…), the environment's (environment.…), or named in the variable ecs.allow.variables.
# The file may hold passwords: only its owner may read it (mode 600), and a final task removes it.
set -eu
file=${1:-bamboo-variables.env}
umask 077
rm -f "$file" "$file.part"
LC_ALL=C awk '
function allow(setting,  list, count, at) {
  # Asking for a key that is not there would make it.
  if (!(setting in ENVIRON)) return
  count = split(ENVIRON[setting], list, /[ ,\t\r\n]+/)
  for (at = 1; at <= count; at++) {
    gsub(/[^A-Za-z0-9]/, "_", list[at]); sub(/^bamboo_/, "", list[at])
    allowed["bamboo_" list[at]] = 1
  }
}
function is_left_out(name,  word) {
  if (name !~ /^(bamboo|BAMBOO_ECS)_[A-Za-z0-9_]+$/ || name ~ /^bamboo_capability_/) return 1
  if (name in allowed || name ~ /^(bamboo_ecs|BAMBOO_ECS|bamboo_environment)_/) return 0
  word = tolower(name)
  # The clientToken of ECS is a name for a request.
  gsub(/client_?token/, "", word)
  return word ~ /password|passphrase|secret|sshkey|token/
}
BEGIN {
  escape["\""] = "\\\""; escape["\\"] = "\\\\"
  for (code = 1; code < 32; code++) escape[sprintf("%c", code)] = sprintf("\\u%04x", code)
  allow("bamboo_ecs_allow_variables"); allow("BAMBOO_ECS_ALLOW_VARIABLES")
  for (name in ENVIRON) {
    if (is_left_out(name)) continue
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
