package dev.vidame.server.http;

import dev.vidame.directory.users.Problem;
import dev.vidame.server.texts.Text;

/** What a broken rule says to the caller. */
final class RuleTexts {
  private RuleTexts() {}

  static Text of(Problem problem) {
    String template =
        switch (problem.rule()) {
          case REQUIRED -> "The value is required and must not be empty.";
          case TOO_LONG -> "The value is longer than %s characters.";
          case CONTROL_CHARACTER -> "The value holds a control character.";
          case UNKNOWN_COUNTRY ->
              "The value must be a two-letter country or region code of the list.";
          case MALFORMED_PRINCIPAL_NAME ->
              "The value must be name@domain, with at most 64 of A-Z a-z 0-9 ' . - _ ! # ^ ~ before the @.";
          case DOMAIN_NOT_VERIFIED -> "The domain %s is not a verified domain of the customer.";
          case DOMAIN_FEDERATED ->
              "The domain %s is federated; its accounts come from another identity provider.";
          case ID_DIFFERS -> "The value differs from the id of the address.";
          case PASSWORD_LENGTH -> "The password must have %s to %s characters.";
          case PASSWORD_CHARACTER -> "The password may only have printable ASCII characters.";
          case PASSWORD_CLASSES ->
              "The password must have three of: lower case, upper case, digit, symbol.";
          case PASSWORD_CONTAINS_NAME -> "The password must not contain the account's name.";
          case PASSWORD_COMMON -> "The password is one of those that are tried first.";
          case STATE_NOT_SETTABLE -> "An account is made inactive by deleting it.";
          case LAST_ADMINISTRATOR -> "The account is the customer's last Company Administrator.";
          case NO_USAGE_LOCATION ->
              "License assignment cannot be done for user with invalid usage location.";
          case SKU_NOT_SUBSCRIBED -> "The customer does not subscribe to the SKU %s.";
          case SKU_NOT_FOR_USERS -> "The SKU %s is not one for users.";
          case SKU_NOT_HELD -> "The user has no license of the SKU %s.";
          case SKU_ASSIGNED_AND_REMOVED -> "The SKU %s is both to be assigned and to be removed.";
          case LICENSE_GROUPS_MIXED ->
              "The SKUs belong to different license groups; send one request for each group.";
          case PLAN_NOT_OF_SKU -> "The plan %s is not part of the SKU %s.";
          case PLAN_TWICE -> "The plan %s is there twice.";
          case NOT_A_COUNT -> "The value must be a whole number from 0 to %s.";
          case NOT_ONE_OF -> "The value must be one of: %s.";
          case LICENSES_IN_USE -> "Accounts of the customer still have licenses.";
          case TOO_MANY_ISSUERS -> "A partner trusts at most %s issuers. Remove one first.";
          case END_OUT_OF_RANGE ->
              "The value must be a moment in the future, at most %s days ahead.";
          case UNITS_IN_USE -> "%s units are in use, so there cannot be fewer.";
          case USER_DELETED -> "User is deleted. Send state active to restore it.";
          case LAST_OPERATOR -> "The service needs at least one operator. Add another one first.";
          case PARTNER_HAS_CUSTOMERS ->
              "The partner has customers. End its relationships first, or disable it.";
          case TOO_MANY_KEYS ->
              "%s keys are needed for tokens that are still good. Wait until some have ended.";
          case TOO_MANY_SECRETS -> "An application has at most %s secrets. Delete one first.";
          case WRONG_CODE -> "The code is not the one that the authenticator shows now.";
          case PUBLIC_APPLICATION -> "A public application has neither secrets nor keys.";
          case TOO_MANY_APPLICATION_KEYS -> "An application has at most %s keys. Remove one first.";
          case CERTIFICATE_OVER -> "The certificate is good no more.";
          case MALFORMED_DOMAIN ->
              "The value must be a domain such as name.example, of at most 48 characters.";
          case MALFORMED_EMAIL -> "The value must be a mail address.";
          case UNKNOWN_CULTURE -> "The value must be a culture of the list, such as en-US.";
          case UNKNOWN_LANGUAGE ->
              "The value must be a language of two letters, or a culture of the list.";
          case UNKNOWN_STATE -> "The value is no state of the country %s.";
          case MALFORMED_POSTAL_CODE -> "The value is no postal code of the country %s.";
          case PASSWORD_NOT_TAKEN -> "The password is chosen by the service.";
          case NOT_THERE_THEN -> "The account did not exist at that time.";
          case DELETED_THEN -> "The account was deleted at that time.";
          case BEHIND_END -> "The customer's journal does not reach so far.";
          case ERASED_SINCE ->
              "What changed since then was erased, so that nobody can tell how the account was.";
          case ROLE_GONE -> "The role %s, which the account had, is not known any more.";
          case LAST_ADMIN_AGENT ->
              "The partner needs at least one admin agent who may sign in. Give somebody else the role first.";
          case OWN_SIGN_IN ->
              "Nobody does this to their own sign-in. Ask another admin agent, or an operator of this service.";
          case NO_INDIRECT_RESELLERS -> "This server has no indirect resellers.";
        };
    return new Text(template, problem.arguments());
  }
}
