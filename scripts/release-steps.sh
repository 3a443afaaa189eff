# The steps of ./verify that run only where they are named, before a release. Each runs on its own and lints nothing, as
# ./verify does that. As all steps do, they set `tests`, `failures` and `skips` and return non-zero where they failed.

step_keycloak() {
  local log=$LOGS/verify-keycloak.log code
  lock_build
  run_maven keycloak "$log" 1200 -Dquick -Pkeycloak --projects server --also-make test -Dgroups=keycloak
  code=$?
  unlock_build
  count_tests "$log"
  if [ "$code" != 0 ]; then
    explain_failure "$log"
  elif [ "$tests" = 0 ]; then
    say "no test ran; the log: $log"
    code=1
  fi
  return "$code"
}

# The newest of each older version that is tested; the newest of all is in pom.xml.
POSTGRESQLS=(14.23.0 15.18.0 16.14.0 17.10.0)

# stores_by_url LOG: the stores' tests on a PostgreSQL that they did not start, as VIDAME_TEST_JDBC_URL names one: a new
# database of a server that is started here and ended by its process id.
stores_by_url() {
  local log=$1 said=$LOGS/verify-postgresql-url.said server url seen code=0 began=$SECONDS
  run_maven "postgresql by URL, classes" "$log" 600 -Dquick --projects directory --also-make \
    test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath || {
    explain_failure "$log"
    return 1
  }
  : >"$said"
  "$JDK_HOME/bin/java" -cp "$ROOT/directory/target/test-classes:$(cat "$ROOT/directory/target/test-classpath")" \
    dev.vidame.directory.StartPostgres >"$said" 2>"$said.err" 9>&- </dev/null &
  server=$!
  trap 'kill "$server" 2>/dev/null' EXIT # also where somebody ends this
  until url=$(cat "$said") && [ -n "$url" ]; do
    kill -0 "$server" 2>/dev/null && [ $((SECONDS - began)) -lt 600 ] || {
      say "no PostgreSQL was started; why: $said.err"
      stop_server "$server"
      return 1
    }
    sleep 0.1
  done
  VIDAME_TEST_JDBC_URL=$url run_maven "postgresql by URL" "$log" 1200 -Dquick --projects directory --also-make \
    test-compile surefire:test@on-postgresql || {
    code=1
    explain_failure "$log"
  }
  stop_server "$server"
  # A suite that had started one of its own would have passed as well.
  seen=$(sed -n 2p "$said")
  [ "${seen:-0}" -gt 1000 ] || {
    say "the PostgreSQL that the URL names has seen ${seen:-no} transactions, so the tests were elsewhere"
    code=1
  }
  return "$code"
}

stop_server() {
  trap - EXIT
  kill "$1" 2>/dev/null
  wait "$1" 2>/dev/null
}

step_postgresql() {
  local log version code=0 sum=0 bad=0 skip=0
  lock_build
  for version in "${POSTGRESQLS[@]}"; do
    log=$LOGS/verify-postgresql-${version%%.*}.log
    run_maven "postgresql ${version%%.*}" "$log" 1200 -Dquick "-Dpostgresql-server.version=$version" \
      --projects directory --also-make test || {
      code=1
      explain_failure "$log"
    }
    count_tests "$log"
    [ "$tests" != 0 ] || code=1
    sum=$((sum + tests)) bad=$((bad + failures)) skip=$((skip + skips))
  done
  log=$LOGS/verify-postgresql-url.log
  stores_by_url "$log" || code=1
  count_tests "$log"
  [ "$tests" != 0 ] || code=1
  sum=$((sum + tests)) bad=$((bad + failures)) skip=$((skip + skips))
  log=$LOGS/verify-postgresql-server.log
  run_maven "postgresql server" "$log" 2400 -Dquick -Dsurefire.arguments=-Dvidame.test.store=postgresql \
    --projects server --also-make test -Dtest='dev.vidame.server.**' -Dsurefire.failIfNoSpecifiedTests=false || {
    code=1
    explain_failure "$log"
  }
  count_tests "$log"
  sum=$((sum + tests)) bad=$((bad + failures)) skip=$((skip + skips))
  unlock_build
  tests=$sum failures=$bad skips=$skip
  return "$code"
}

# Of the branches of wire and of directory, how many in 100 the short tests have to reach.
LEAST_COVERED=95

step_coverage() {
  local log=$LOGS/verify-coverage.log code
  lock_build
  rm -f "$LOGS/coverage.exec"
  run_maven coverage "$log" 3000 -Dquick -Pcoverage --projects sdk,server --also-make test &&
    run_maven "coverage, report" "$log.report" 600 -Dquick -Pcoverage --projects wire,directory jacoco:report
  code=$?
  unlock_build
  count_tests "$log"
  if [ "$code" != 0 ]; then
    explain_failure "$log"
    return "$code"
  fi
  cat "$ROOT"/{wire,directory}/target/site/jacoco/jacoco.csv | covered
}

# Says from JaCoCo's tables on stdin how much of each module is reached, and fails where it is too little.
covered() {
  awk -F, -v least="$LEAST_COVERED" '
    $6 ~ /^[0-9]+$/ { sub(/.* /, "", $1); missed[$1] += $6; hit[$1] += $7 }
    END {
      for (module in hit) {
        modules++
        share = 100 * hit[module] / (hit[module] + missed[module])
        printf "verify: tests reach %.1f of 100 branches of %s; which, is in %s/target/site/jacoco/index.html\n", share, module, module
        if (share < least) failed = 1
      }
      exit failed || modules != 2
    }' >&2
}

# What is mutated in each module, by the tests of the same packages.
MUTATED=(
  "wire dev.vidame.wire.*"
  "directory dev.vidame.directory.users.*,dev.vidame.directory.passwords.*,dev.vidame.directory.roles.*"
)

# Of what is changed in the code, how many changes in 100 a test has to notice.
LEAST_NOTICED=80

step_mutation() {
  local line module packages log code=0
  lock_build
  for line in "${MUTATED[@]}"; do
    module=${line%% *} packages=${line#* }
    log=$LOGS/verify-mutation-$module.log
    rm -rf "$ROOT/$module/target/pit-reports"
    run_maven "mutation $module" "$log" 7200 -Dquick -Pmutation --projects "$module" --also-make test-compile \
      pitest:mutationCoverage "-Dmutated=$packages" "-Dmutation.tests=$packages" || {
      code=1
      explain_failure "$log"
      continue
    }
    noticed "$module" <"$ROOT/$module/target/pit-reports/mutations.csv" || code=1
  done
  unlock_build
  return "$code"
}

# noticed MODULE: says from PIT's table on stdin how many changes were noticed, and fails where they are too few. A change
# that makes a test run on and on is noticed, too.
noticed() {
  awk -F, -v module="$1" -v least="$LEAST_NOTICED" '
    { all++ }
    $6 == "KILLED" || $6 == "TIMED_OUT" || $6 == "MEMORY_ERROR" || $6 == "RUN_ERROR" { found++ }
    END {
      if (!all) exit 1
      share = 100 * found / all
      printf "verify: tests notice %.1f of 100 changes of %s, %d of %d; which, is in %s/target/pit-reports/index.html\n", share, module, found, all, module
      exit share < least
    }' >&2
}

# The modules with tests that a fuzzer can drive, and the tests' classes: MODULE CLASS, one a line.
fuzz_targets() {
  local file
  cd "$ROOT" && grep -rl --include='*FuzzTest.java' ' void fuzzerTestOneInput(' ./*/src/test/java | sort | while read -r file; do
    file=${file#./}
    case " ${modules[*]-} " in
      '  ' | *" ${file%%/*} "*)
        printf '%s ' "${file%%/*}"
        file=${file#*/src/test/java/}
        printf '%s\n' "${file%.java}" | tr / .
        ;;
    esac
  done
}

# fuzz MODULE CLASS: for so many seconds, from the inputs in the module's test resources and those in target/fuzz that
# earlier runs came across. What was found stays there and is tried first the next time.
fuzz() {
  local module=$1 class=$2 name=${2##*.} log folder code found
  log=$LOGS/verify-fuzz-$name.log
  folder=$ROOT/$module/target/fuzz/$name
  mkdir -p "$folder/corpus" "$folder/found" "$folder/java"
  run_logged "fuzz $name" "$log" $((fuzz_seconds + 300)) fuzz_here "$module" "$class" "$folder"
  code=$?
  if [ "$code" = 0 ]; then
    say "$name: $(sed -n 's/^Done \([0-9]*\) runs .*/\1 inputs, no finding/p' "$log")"
    return 0
  fi
  # Jazzer takes being ended for a finding.
  found=$(sed -n 's/.*Test unit written to //p' "$log" | tail -n 1)
  if [ "$code" != 124 ] && [ -n "$found" ]; then
    say "$class fails for $found"
    say "copy it to $module/src/test/resources/fuzz/$name, and ./verify $module shows how; or see $log"
  else
    say "$class could not be fuzzed:"
    tail -n 20 "$log" >&2
  fi
  return 1
}

# Of libraries, those that parse are watched like our own code, or the fuzzer would not see how far it is in them.
fuzz_here() {
  local module=$1 class=$2 folder=$3
  cd "$ROOT/$module" || exit
  exec "$JDK_HOME/bin/java" -XX:+UseSerialGC -Xmx1g -XX:+EnableDynamicAgentLoading --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -cp "target/test-classes:target/classes:$(cat target/fuzz-classpath)" \
    com.code_intelligence.jazzer.Jazzer "--target_class=$class" "--reproducer_path=$folder/java" \
    '--instrumentation_includes=dev.vidame.**:tools.jackson.core.**:de.siegmar.fastcsv.**' \
    "-artifact_prefix=$folder/found/" "-max_total_time=$fuzz_seconds" -timeout=10 -max_len=4096 \
    "$folder/corpus" "$folder/found" "src/test/resources/fuzz/${class##*.}"
}

# The kept inputs are tried by every ./verify.
step_fuzz() {
  local log=$LOGS/verify-fuzz.log targets list code=0 module class
  targets=$(fuzz_targets)
  [ -n "$targets" ] || {
    say "there is nothing to fuzz in ${modules[*]-}"
    return 1
  }
  list=$(printf '%s\n' "$targets" | cut -d ' ' -f 1 | sort -u | paste -s -d , -)
  lock_build
  run_maven "fuzz, classes" "$log" 1200 -Dquick -Pfuzz --projects "$list" --also-make \
    test-compile dependency:build-classpath -Dmdep.outputFile=target/fuzz-classpath || {
    unlock_build
    explain_failure "$log"
    return 1
  }
  while read -r module class; do
    tests=$((tests + 1))
    fuzz "$module" "$class" || {
      failures=$((failures + 1))
      code=1
    }
  done <<<"$targets"
  unlock_build
  return "$code"
}
