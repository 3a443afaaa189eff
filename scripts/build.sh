# Runs Maven for ./vidame and ./verify: found JDK, one build at a time, quiet, with progress. Needs jdk.sh and $ROOT.
# Everything said here goes to stderr: stdout belongs to the program.

EXIT_USAGE=64
EXIT_BROKEN=70
EXIT_MISSING=69

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

# require_maven: a JDK in JDK_HOME and mvn on PATH, or the end, with a word on what to install.
require_maven() {
  jdk_find build || {
    jdk_explain
    exit "$EXIT_MISSING"
  }
  type -P mvn >/dev/null || {
    say "found no mvn (Maven 3.8.7 or newer) on PATH, which the build needs."
    say "Install it: sudo apt install maven | sudo dnf install maven | brew install maven | sdk install maven"
    exit "$EXIT_MISSING"
  }
}

# lock_build / unlock_build: one build at a time in this folder. The kernel holds the lock and gives it back when the
# last process that has it is gone, killed or not, so there is no stale lock. Maven inherits it on purpose.
WAITED=
lock_build() {
  mkdir -p "$ROOT/target" 2>/dev/null && : 2>/dev/null >>"$ROOT/target/build.lock" || {
    say "cannot write to $ROOT/target, so nothing can be built here."
    exit "$EXIT_BROKEN"
  }
  exec 9>>"$ROOT/target/build.lock"
  flock_9 nowait || {
    [ -n "$WAITED" ] || say "another build is running in this folder; waiting for it"
    WAITED=yes
    flock_9 wait
  }
}

flock_9() {
  if type -P flock >/dev/null; then
    if [ "$1" = wait ]; then flock 9; else flock -n 9; fi
  else # macOS
    perl -e 'use Fcntl ":flock"; open(my $lock, ">>&=", 9) or die $!; exit !flock($lock, $ARGV[0] eq "wait" ? LOCK_EX : LOCK_EX | LOCK_NB)' "$1"
  fi
}

unlock_build() { exec 9>&-; }

# run_maven LABEL LOG LIMIT ARGUMENT...: Maven under the found JDK, in the root folder.
run_maven() {
  local label=$1 log=$2 limit=$3
  shift 3
  run_logged "$label" "$log" "$limit" maven_here -B -Dstyle.color=never "$@"
}

maven_here() {
  cd "$ROOT" || exit
  JAVA_HOME=$JDK_HOME exec mvn "$@"
}

# run_logged LABEL LOG LIMIT COMMAND...: the command's exit code; 124 where it was ended after LIMIT seconds. Its output goes to
# LOG, and what Maven says there is shown as progress: one line that changes on a terminal, now and then a line elsewhere.
run_logged() {
  local label=$1 log=$2 limit=$3 child code
  shift 3
  PROGRESS_STEP='' PROGRESS_DETAIL='' PROGRESS_TAIL='' PROGRESS_SHOWN='' PROGRESS_SHOWN_AT=$SECONDS PROGRESS_START=$SECONDS
  : >"$log"
  exec 8<"$log"
  "$@" >"$log" 2>&1 </dev/null 8<&- &
  child=$!
  # A background process does not get the terminal's interrupt.
  trap 'progress_clear; kill "$child" 2>/dev/null; wait "$child" 2>/dev/null; exit 130' INT
  trap 'progress_clear; kill "$child" 2>/dev/null; wait "$child" 2>/dev/null; exit 143' TERM HUP
  code=
  progress_show "$label" # also where it ends at once
  while kill -0 "$child" 2>/dev/null; do
    progress_read
    progress_show "$label"
    if [ $((SECONDS - PROGRESS_START)) -gt "$limit" ]; then
      code=124
      kill "$child" 2>/dev/null
      break
    fi
    sleep 0.1
  done
  wait "$child" 2>/dev/null
  code=${code:-$?}
  trap - INT TERM HUP
  exec 8<&-
  progress_clear
  return "$code"
}

# Reads what was added to the log; its end may be half a line.
progress_read() {
  local line
  while IFS= read -r line <&8; do
    line=$PROGRESS_TAIL$line
    PROGRESS_TAIL=
    case $line in
      '[INFO] Building Vidame '*'['*']')
        line=${line#'[INFO] Building Vidame '}
        PROGRESS_STEP="${line%% *} (${line##*[}"
        PROGRESS_STEP=${PROGRESS_STEP%]}")"
        case $PROGRESS_STEP in [0-9]*) PROGRESS_STEP="project (${PROGRESS_STEP#*(}" ;; esac
        PROGRESS_DETAIL=
        ;;
      '[INFO] Running '*) PROGRESS_DETAIL=${line##*.} ;;
      'Downloading from '*) PROGRESS_DETAIL="downloading ${line##*/}" ;;
      'Downloaded from '*) PROGRESS_DETAIL= ;;
    esac
  done
  PROGRESS_TAIL=$PROGRESS_TAIL$line
}

progress_show() {
  local text="${0##*/}: $1${PROGRESS_STEP:+ $PROGRESS_STEP}"
  if [ -t 2 ] && [ "${TERM:-dumb}" != dumb ]; then
    text="$text, $((SECONDS - PROGRESS_START)) s${PROGRESS_DETAIL:+, $PROGRESS_DETAIL}"
    printf '\r\033[K%.79s' "$text" >&2
  elif [ "$text" != "$PROGRESS_SHOWN" ] || [ $((SECONDS - PROGRESS_SHOWN_AT)) -ge 30 ]; then
    printf '%s, %d s%s\n' "$text" $((SECONDS - PROGRESS_START)) "${PROGRESS_DETAIL:+, $PROGRESS_DETAIL}" >&2
    PROGRESS_SHOWN=$text
    PROGRESS_SHOWN_AT=$SECONDS
  fi
}

progress_clear() {
  if [ -t 2 ] && [ "${TERM:-dumb}" != dumb ]; then printf '\r\033[K' >&2; fi
}

# explain_failure LOG: what a reader needs of a failed build's log. Goes to stderr.
explain_failure() {
  local errors
  errors=$(readable_errors "$1" | head -n 80)
  if [ -n "$errors" ]; then printf '%s\n' "$errors" >&2; else tail -n 20 "$1" >&2; fi
  if grep -q 'had format violations' "$1"; then say "badly formatted: ./verify --format mends it"; fi
  if grep -qE '^\[ERROR\].*(Could not (transfer|resolve)|Unknown host|Connection refused)' "$1"; then
    say "Maven could not fetch what it needs: is the network, or the mirror in ~/.m2/settings.xml, reachable?"
  fi
  say "the full log: $1"
}

# Errors without Maven's advice and summaries. Of a failed test: its name, the beginning of what it says, so that one does not push the others
# out of sight, and the first line of ours in its stack.
readable_errors() {
  awk '
    /<<< (FAILURE|ERROR)!$/ && !/Tests run:/ { sub(/ -- Time elapsed.*/, ""); print; in_test = 1; said = 0; next }
    in_test && /^\tat / { if (/dev\.vidame\./) { print; in_test = 0 }; next }
    in_test && !/^\[(ERROR|WARNING|INFO)\]/ { if (NF && ++said <= 12) print "    " $0; next }
    { in_test = 0 }
    /warnings found and -Werror specified/ { next }
    /^\[ERROR\] (Tests run:|Failures:|Errors:|  [A-Z][A-Za-z0-9]*[.$])/ { next }
    /re-run Maven|full stack trace|full debug logging|possible solutions|\[Help [0-9]\]$|^\[ERROR\] \[Help|resume the build|mvn <args>|See .*surefire-reports|See dump files|There are test failures|spotless:apply/ {
      if (!/Failed to execute goal/) next
    }
    /^\[ERROR\] ./ || /^\[WARNING\] .*\.java:/ { if (!seen[$0]++) print }
  ' "$1"
}

# The jar that ./vidame runs, and the time as of which it is up to date.
JAR=$ROOT/cli/target/vidame.jar
BUILT=$ROOT/cli/target/built

# is_stale: whether the jar is missing or a source, a pom or Maven's settings are newer than it. A folder's time counts
# too, so a deleted source is seen.
is_stale() {
  [ -f "$JAR" ] && [ -f "$BUILT" ] || return 0
  [ -n "$(cd "$ROOT" && find pom.xml .mvn ./*/pom.xml ./*/src/main -newer "$BUILT" 2>/dev/null | head -n 1)" ]
}

# begin_build / end_build: the stamp is taken when the build begins, so that what changes during it counts as newer.
begin_build() { touch "$ROOT/target/begun"; }
end_build() { mv "$ROOT/target/begun" "$BUILT"; }
