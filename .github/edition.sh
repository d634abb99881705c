#!/bin/sh
# Refuses a name that no edition can have, before anything is made of it:
#
#   edition.sh TAG COMMIT
#
# The whole name must be `edition-` and a day that is in the calendar. Its commit may not be younger than that day, and
# where the tag is there already it must stand at the commit that is built: else the release would hold files of one
# commit under the name of another. Runs in a checkout; the environment holds GH_TOKEN, which may read, and GH_REPO.
set -eu
LC_ALL=C
export LC_ALL
tag=$1
commit=$2

case "$tag" in
  edition-[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]) day=${tag#edition-} ;;
  *) day= ;;
esac
if [ -z "$day" ] || [ "$(date -u -d "$day" +%F 2>/dev/null)" != "$day" ]; then
  echo "An edition is named after its day, such as edition-2026-11-24." >&2
  exit 1
fi

made=$(git log -1 --no-show-signature --format=%cs "$commit" --)
# One day more, as it is not the same day everywhere.
if [ "$(date -u -d "$made" +%Y%m%d)" -gt "$(date -u -d "$day + 1 day" +%Y%m%d)" ]; then
  echo "The commit is of $made, after the day that the edition is named after." >&2
  exit 1
fi

if stands=$(gh api "repos/$GH_REPO/commits/tags/$tag" --jq .sha 2>/dev/null) && [ "$stands" != "$commit" ]; then
  echo "There is a tag $tag already, and it stands at $stands, not at $commit." >&2
  exit 1
fi
