package dev.vidame.directory.customers;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The cultures of the API (wire-spec, appendix A), and its languages. */
final class Cultures {
  private static final Map<String, String> CANONICAL =
      Arrays.stream(
              """
              am-ET ar-AE ar-BH ar-DZ ar-EG ar-IQ ar-JO ar-KW ar-LB ar-LY ar-MA ar-OM ar-QA ar-SA
              ar-TN ar-YE az-Latn-AZ be-BY bg-BG bn-BD bs-Latn-BA ca-ES cs-CZ da-DK de-AT de-CH
              de-DE de-LI de-LU dv-MV el-GR en-AU en-BZ en-GB en-IE en-IN en-JM en-MY en-NZ en-PH
              en-SG en-TT en-US en-ZA en-ZW es-AR es-BO es-CL es-CO es-CR es-DO es-EC es-ES es-GT
              es-HN es-MX es-NI es-PA es-PE es-PR es-PY es-SV es-US es-UY es-VE et-EE eu-ES fi-FI
              fo-FO fr-BE fr-CA fr-CH fr-FR fr-LU fr-MC gl-ES ha-Latn-NG he-IL hi-IN hr-HR hu-HU
              hy-AM id-ID is-IS it-CH it-IT ja-JP ka-GE kk-KZ km-KH ko-KR ky-KG lo-LA lt-LT lv-LV
              mk-MK mn-MN ms-BN mt-MT nb-NO ne-NP nl-BE nl-NL pl-PL ps-AF pt-BR pt-CV pt-PT ro-RO
              ru-RU rw-RW si-LK sk-SK sl-SI sq-AL sr-Cyrl-RS sr-Latn-ME sr-Latn-RS sv-FI sv-SE
              sw-KE tg-Cyrl-TJ th-TH tk-TM tr-TR uk-UA ur-PK uz-Latn-UZ vi-VN wo-SN zh-CN zh-HK
              zh-MO zh-SG zh-TW
              """
                  .strip()
                  .split("\\s+"))
          .collect(Collectors.toUnmodifiableMap(Cultures::lower, Function.identity()));

  private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());

  private Cultures() {}

  /** The culture as the list spells it, or empty where it is not in the list. */
  static Optional<String> culture(String text) {
    return Optional.ofNullable(CANONICAL.get(lower(text)));
  }

  /** The language of two letters, or the culture, in its one spelling; empty for anything else. */
  static Optional<String> language(String text) {
    String lower = lower(text);
    return lower.length() == 2 && LANGUAGES.contains(lower) ? Optional.of(lower) : culture(text);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
