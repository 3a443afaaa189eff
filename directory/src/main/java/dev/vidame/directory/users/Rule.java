package dev.vidame.directory.users;

/**
 * The rules that properties of an account or a customer can break. The edge has the texts, in each
 * language.
 */
public enum Rule {
  /** Must be given and must not be empty. */
  REQUIRED,
  /** Longer than the first argument allows. */
  TOO_LONG,
  /** Holds a control character. */
  CONTROL_CHARACTER,
  /** No country or region of the list. */
  UNKNOWN_COUNTRY,
  /** Not {@code name@domain} with the characters that a principal name may have. */
  MALFORMED_PRINCIPAL_NAME,
  /** The domain is not a verified one of this customer; the first argument names it. */
  DOMAIN_NOT_VERIFIED,
  /** The domain's accounts come from another identity provider; the first argument names it. */
  DOMAIN_FEDERATED,
  /** The id is not the one of the address. */
  ID_DIFFERS,
  /** Shorter than the first argument or longer than the second. */
  PASSWORD_LENGTH,
  /** Holds a character outside printable ASCII. */
  PASSWORD_CHARACTER,
  /** Has fewer than three of lower case, upper case, digit and symbol. */
  PASSWORD_CLASSES,
  /** Contains the name before the {@code @}. */
  PASSWORD_CONTAINS_NAME,
  /** Is one of the passwords that everybody tries first. */
  PASSWORD_COMMON,
  /** An account is deleted with DELETE, not by its state. */
  STATE_NOT_SETTABLE,
  /** The account is deleted and the request does not restore it. */
  USER_DELETED,
  /** The service would be left without an operator. */
  LAST_OPERATOR,
  /** As many keys as may be there still verify tokens. */
  TOO_MANY_KEYS,
  /** A partner that may act on customers cannot be deleted. */
  PARTNER_HAS_CUSTOMERS,
  /** The application has as many secrets as the first argument says, and cannot have more. */
  TOO_MANY_SECRETS,
  /** Not what the authenticator shows. */
  WRONG_CODE,
  /** A public application has neither secrets nor keys. */
  PUBLIC_APPLICATION,
  /** The application has as many keys as the first argument says. */
  TOO_MANY_APPLICATION_KEYS,
  /** The certificate is good no more. */
  CERTIFICATE_OVER,
  /** No name of a domain that has two parts or more and fits into a sign-in name. */
  MALFORMED_DOMAIN,
  /** No mail address. */
  MALFORMED_EMAIL,
  /** No culture of the list. */
  UNKNOWN_CULTURE,
  /** Neither a language of two letters nor a culture of the list. */
  UNKNOWN_LANGUAGE,
  /** No state of the country that the first argument names. */
  UNKNOWN_STATE,
  /** No postal code of the country that the first argument names. */
  MALFORMED_POSTAL_CODE,
  /** The service chooses the password itself. */
  PASSWORD_NOT_TAKEN,
  /** No partner here has indirect resellers. */
  NO_INDIRECT_RESELLERS,
  /** The customer would be left without a Company Administrator. */
  LAST_ADMINISTRATOR,
  /** Licences need a usage location. */
  NO_USAGE_LOCATION,
  /** The customer does not subscribe to the product, which the first argument names. */
  SKU_NOT_SUBSCRIBED,
  /** The product, which the first argument names, is not one for accounts. */
  SKU_NOT_FOR_USERS,
  /** The account has no licence of the product, which the first argument names. */
  SKU_NOT_HELD,
  /** The product, which the first argument names, is both to be assigned and to be removed. */
  SKU_ASSIGNED_AND_REMOVED,
  /** The products belong to different licence groups. */
  LICENSE_GROUPS_MIXED,
  /**
   * The plan, which the first argument names, is not part of the product, which the second does.
   */
  PLAN_NOT_OF_SKU,
  /** The plan, which the first argument names, is there twice. */
  PLAN_TWICE,
  /** No whole number from 0 to the first argument. */
  NOT_A_COUNT,
  /** None of the values that the first argument names. */
  NOT_ONE_OF,
  /** The partner trusts as many issuers as the first argument says. */
  TOO_MANY_ISSUERS,
  /** No moment from now on to as many days ahead as the first argument says. */
  END_OUT_OF_RANGE,
  /** As many units as the first argument says are in use. */
  UNITS_IN_USE,
  /** Accounts of the customer hold licences. */
  LICENSES_IN_USE,
  /** The account did not exist at that time. */
  NOT_THERE_THEN,
  /** The account was deleted at that time. */
  DELETED_THEN,
  /** The customer's journal does not reach so far. */
  BEHIND_END,
  /** What changed since was erased, so that nobody can tell how the account was. */
  ERASED_SINCE,
  /** The role, which the first argument names, is none that this version knows. */
  ROLE_GONE,
  /** The partner would be left without an admin agent who may sign in. */
  LAST_ADMIN_AGENT,
  /** Agents do not change by themselves what they sign in with. */
  OWN_SIGN_IN
}
