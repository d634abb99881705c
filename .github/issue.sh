#!/bin/sh
# Keeps ONE open issue in step with a report: opens it, writes it anew, or closes it when there is nothing to say.
#
#   issue.sh TITLE LABEL FILE
#
# The issue is found again by its label and by who opened it: workflows open issues as the app github-actions, which no
# person can be. So one that somebody else opened is never written over or closed, whatever its title and label. An
# empty or missing file means nothing to say. The environment holds GH_TOKEN, with the right to write issues, and GH_REPO.
set -eu
title=$1
label=$2
report=$3

number=$(gh issue list --state open --label "$label" --app github-actions --limit 1 --json number --jq '.[0].number // empty')

if ! [ -s "$report" ]; then
  if [ -n "$number" ]; then
    gh issue close "$number" --comment "Nothing to report any more."
  fi
  exit 0
fi

# An issue holds 65,536 characters. iconv drops a letter that the cut left in half.
body=$(mktemp)
head -c 60000 "$report" | iconv -c -f UTF-8 -t UTF-8 >"$body"
if [ "$(wc -c <"$report")" -gt 60000 ]; then
  printf '\n\n… and more: see the run of the workflow.\n' >>"$body"
fi

if [ -n "$number" ]; then
  gh issue edit "$number" --body-file "$body"
else
  gh label create "$label" --force --color ededed --description "Kept up to date by a workflow"
  gh issue create --title "$title" --label "$label" --body-file "$body"
fi
