package dev.vidame.wire;

import java.util.Set;

/**
 * The countries and regions of the API: ISO 3166-1 alpha-2 without CU, EH, IR, KP, SD and SY, with
 * AN, XE, XJ, XK and XS.
 */
public final class Countries {
  private static final Set<String> CODES =
      Set.of(
          """
          AD AE AF AG AI AL AM AN AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI
          BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO
          CR CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FM FO FR GA
          GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID
          IE IL IM IN IO IQ IS IT JE JM JO JP KE KG KH KI KM KN KR KW KY KZ LA LB LC
          LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT
          MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK
          PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SE SG SH SI SJ SK SL SM
          SN SO SR SS ST SV SX SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA
          UG UM US UY UZ VA VC VE VG VI VN VU WF WS XE XJ XK XS YE YT ZA ZM ZW
          """
              .strip()
              .split("\\s+"));

  private Countries() {}

  /** Whether the list has this code, which must be upper case. */
  public static boolean contains(String upperCaseCode) {
    return CODES.contains(upperCaseCode);
  }
}
