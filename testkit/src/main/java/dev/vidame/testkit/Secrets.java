package dev.vidame.testkit;

import java.util.regex.Pattern;

/** Takes secrets out of what is shown. */
final class Secrets {
  private static final String HIDDEN = "***";

  private static final String NAMES =
      "(?:[\\w.-]*(?:password|secret|assertion|recoverycodes)|access_token|refresh_token|id_token|device_code"
          + "|user_code|code_verifier|token|otp|uri_otpauth|otpauthuri)";

  /** A member of JSON, read as tolerantly as the server does: quotes of both kinds, or none. */
  private static final Pattern MEMBER =
      Pattern.compile(
          "(?i)(?<![\\w.-])(?![\"']?forcechange)([\"']?"
              + NAMES
              + "[\"']?\\s*:\\s*)(\"(?:[^\"\\\\]|\\\\.)*+\"?|'(?:[^'\\\\]|\\\\.)*+'?|\\[[^\\]]*+\\]?|[^\\s,{}\\[\\]\"']++)");

  /**
   * A field of a form, or of a query. A code stands for its owner there, and is a number in JSON.
   */
  private static final Pattern FIELD =
      Pattern.compile("(?i)((?:^|[?&#])(?:" + NAMES + "|code)=)[^&#\\s\"']*+");

  /** A one-time code; the codes of errors are numbers. */
  private static final Pattern CODE = Pattern.compile("(?i)(\"code\"\\s*:\\s*)\"[^\"]*+\"?");

  private Secrets() {}

  /** A body, a target or a header's value. */
  static String without(String text) {
    String members = MEMBER.matcher(text).replaceAll("$1\"" + HIDDEN + "\"");
    String codes = CODE.matcher(members).replaceAll("$1\"" + HIDDEN + "\"");
    return FIELD.matcher(codes).replaceAll("$1" + HIDDEN);
  }

  /** What {@code Authorization} says, but for the secret behind the scheme. */
  static String withoutCredential(String authorization) {
    int blank = authorization.indexOf(' ');
    return blank < 0 ? HIDDEN : authorization.substring(0, blank) + " " + HIDDEN;
  }
}
