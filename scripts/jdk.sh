# Finds Java. Sourced by ./vidame and ./verify; bash 3.2, which macOS ships, is enough.
# No JVM is started to ask for its version where the JDK's `release` file tells it, so that finding one costs milliseconds.

JDK_WANTED=25

# The folders that hold JDKs, each looked at itself, then its subfolders. VIDAME_JDK_FOLDERS (colon-separated) replaces them.
jdk_folders() {
  if [ -n "${VIDAME_JDK_FOLDERS:-}" ]; then
    IFS=: read -r -a JDK_FOLDERS <<<"$VIDAME_JDK_FOLDERS"
    return
  fi
  JDK_FOLDERS=(
    /usr/lib/jvm /usr/lib64/jvm /usr/java /opt/java* /opt/jdk*
    "${SDKMAN_DIR:-$HOME/.sdkman}/candidates/java" "$HOME/.jdks"
    "$HOME/.asdf/installs/java" "$HOME/.local/share/mise/installs/java"
  )
  if [ -x /usr/libexec/java_home ]; then
    JDK_FOLDERS=(
      "${JDK_FOLDERS[@]}"
      "$(/usr/libexec/java_home -v "$JDK_WANTED+" 2>/dev/null)"
      /Library/Java/JavaVirtualMachines "$HOME/Library/Java/JavaVirtualMachines"
      /opt/homebrew/opt/openjdk*/libexec /usr/local/opt/openjdk*/libexec
    )
  fi
}

# jdk_property HOME NAME: sets REPLY to a property of the `release` file, or to nothing.
jdk_property() {
  local line
  REPLY=
  [ -r "$1/release" ] || return 0
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      "$2="*)
        line=${line#*=}
        REPLY=${line//\"/}
        return 0
        ;;
    esac
  done <"$1/release"
}

# jdk_major HOME: sets REPLY to the major version, or fails where HOME holds no Java.
jdk_major() {
  local version
  REPLY=
  [ -x "$1/bin/java" ] || return 1
  jdk_property "$1" JAVA_VERSION
  version=$REPLY
  if [ -z "$version" ]; then
    version=$("$1/bin/java" -version 2>&1 </dev/null)
    version=${version#*version \"}
  fi
  version=${version#1.} # Java 8 calls itself 1.8
  REPLY=${version%%[!0-9]*}
  [ -n "$REPLY" ]
}

# jdk_home_on_path: sets REPLY to the home of PATH's java, or to nothing.
jdk_home_on_path() {
  REPLY=$(type -P java) || return 0
  REPLY=$(readlink -f "$REPLY")
  # The stub of macOS opens a window where no Java is installed; java_home answers for it.
  if [ "$REPLY" = /usr/bin/java ]; then REPLY=; fi
  REPLY=${REPLY%/bin/java}
}

# jdk_consider HOME: takes HOME if it will do and is nearer to the wanted version than what was taken before.
jdk_consider() {
  [ -n "$1" ] && jdk_major "$1" || return 0
  if [ "$REPLY" -lt "$JDK_WANTED" ]; then
    JDK_REFUSED="$JDK_REFUSED"$'\n'"    $1 (Java $REPLY)"
  elif [ "$JDK_NEED" = build ] && [ ! -x "$1/bin/javac" ]; then
    JDK_REFUSED="$JDK_REFUSED"$'\n'"    $1 (Java $REPLY without a compiler)"
  elif [ -z "$JDK_HOME" ] || [ "$REPLY" -lt "$JDK_MAJOR" ]; then
    JDK_HOME=$1
    JDK_MAJOR=$REPLY
  fi
}

# jdk_find build|run: sets JDK_HOME and JDK_MAJOR, or fails. Building needs a compiler, running does not.
# JAVA_HOME wins, then PATH: both are somebody's choice. Of the rest, the version nearest to the one we test with.
jdk_find() {
  local folder home
  JDK_NEED=$1 JDK_HOME='' JDK_MAJOR='' JDK_REFUSED=''
  jdk_consider "${JAVA_HOME:-}"
  [ -z "$JDK_HOME" ] || return 0
  jdk_home_on_path
  jdk_consider "$REPLY"
  [ -z "$JDK_HOME" ] || return 0
  jdk_folders
  for folder in "${JDK_FOLDERS[@]}"; do
    [ -d "$folder" ] || continue
    for home in "$folder" "$folder"/* "$folder"/*/Contents/Home; do
      jdk_consider "$home"
    done
  done
  [ -n "$JDK_HOME" ]
}

# jdk_of_version MAJOR: sets REPLY to the home of a Java of just this version, or fails.
jdk_of_version() {
  local folder home
  jdk_home_on_path
  home=$REPLY
  if jdk_major "$home" && [ "$REPLY" = "$1" ]; then
    REPLY=$home
    return 0
  fi
  jdk_folders
  for folder in "${JDK_FOLDERS[@]}"; do
    [ -d "$folder" ] || continue
    for home in "$folder" "$folder"/* "$folder"/*/Contents/Home; do
      if jdk_major "$home" && [ "$REPLY" = "$1" ]; then
        REPLY=$home
        return 0
      fi
    done
  done
  return 1
}

# jdk_id: sets REPLY to a name of the Java in JDK_HOME that is a file name and changes with every build of it.
jdk_id() {
  local version vendor
  jdk_property "$JDK_HOME" JAVA_RUNTIME_VERSION
  version=${REPLY:-$JDK_MAJOR}
  jdk_property "$JDK_HOME" IMPLEMENTOR
  vendor=${REPLY:-unknown}
  REPLY=$version-$vendor
  REPLY=${REPLY//[!A-Za-z0-9.+-]/_}
}

# jdk_explain: says where jdk_find looked and what to install. Goes to stderr.
jdk_explain() {
  local what="JDK $JDK_WANTED"
  {
    printf '%s: found no %s or newer.\n' "${0##*/}" "$what"
    printf '  Looked in JAVA_HOME (%s), PATH (%s) and\n' "${JAVA_HOME:-not set}" "$(type -P java || echo 'no java')"
    printf '    %s\n' "${JDK_FOLDERS[@]}"
    [ -z "$JDK_REFUSED" ] || printf '  These will not do:%s\n' "$JDK_REFUSED"
    cat <<EOT

  Install one:
    Debian 13, Ubuntu 24.04 and later   sudo apt install openjdk-$JDK_WANTED-jdk-headless
    Debian 12, Ubuntu 22.04             temurin-$JDK_WANTED-jdk, see https://adoptium.net/installation/linux
    Fedora                              sudo dnf install java-$JDK_WANTED-openjdk-devel
    macOS                               brew install openjdk@$JDK_WANTED
    SDKMAN                              sdk list java, then: sdk install java IDENTIFIER
  or point JAVA_HOME at one that you have.
EOT
  } >&2
}
