# shellcheck shell=sh
# For the scripts of this folder: TAP, a copy of the sources to spoil, and the list of files.
# Each of them checks the real sources and then itself: it plants what it forbids in a copy and
# expects to see it.

srcdir=${DUKEN_SRCDIR:-$(cd "$(dirname "$0")/../.." && pwd)}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
count=0

# ok TITLE COMPLAINTS: none is success.
ok()
{
	count=$((count + 1))
	if test -z "$2"; then
		printf 'ok %d - %s\n' $count "$1"
	else
		printf 'not ok %d - %s\n' $count "$1"
		printf '%s\n' "$2" | sed 's/^/# /'
	fi
}

plan()
{
	echo "1..$count"
}

# The sources of a tree, relative to it.
sources()
{
	(cd "$1" && find src tui cli sim -name '*.[ch]' -print) | sort
}

tests_too()
{
	sources "$1"
	(cd "$1" && find tests -name '*.[ch]' -print) | sort
}

fresh_copy()
{
	rm -rf "$work/copy"
	mkdir "$work/copy"
	(cd "$srcdir" && tar cf - src tui cli sim tests po) | (cd "$work/copy" && tar xf -)
	chmod -R u+w "$work/copy"
}

# caught CHECK FILE TEXT: CHECK must complain of FILE once TEXT was added to it.
caught()
{
	fresh_copy
	mkdir -p "$(dirname "$work/copy/$2")"
	printf '%b\n' "$3" >>"$work/copy/$2"
	what="$1 sees in $2: $(printf '%s' "$3" | tr -d '#' | cut -c1-50)"
	case $($1 "$work/copy") in
	*"$2"*) ok "$what" ;;
	*) ok "$what" "it was planted and not seen" ;;
	esac
}
