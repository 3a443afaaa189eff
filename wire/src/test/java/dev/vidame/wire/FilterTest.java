package dev.vidame.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vidame.wire.Filter.Compound;
import dev.vidame.wire.Filter.Simple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters as the clients in use write them, and what is none. */
class FilterTest {
  private static final Simple INACTIVE = new Simple("UserState", "Inactive", FilterOperator.EQUALS);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"Field\":\"UserState\",\"Value\":\"Inactive\",\"Operator\":\"equals\"}",
        "{\"value\":\"Inactive\",\"field\":\"UserState\",\"fieldType\":\"String\",\"operator\":\"Equals\"}",
        "{FIELD:' UserState ',OPERATOR:' EQUALS ',VALUE:'Inactive',value:null,}",
      })
  void filterIsReadInAnySpelling(String json) {
    assertThat(Filter.fromJson(json)).isEqualTo(INACTIVE);
  }

  @ParameterizedTest
  @CsvSource({"5, 5", "1.50, 1.50", "'''5''', 5", "'''''', ''", "''' a ''', ' a '"})
  void valueIsTheTextOfANumberOrAText(String value, String expected) {
    assertThat(Filter.fromJson("{Field:'F',Operator:'less_than',Value:" + value + "}"))
        .isEqualTo(new Simple("F", expected, FilterOperator.LESS_THAN));
  }

  @Test
  void filtersAreJoinedToAnyShape() {
    String inactive = "{Field:'UserState',Value:'Inactive',Operator:'equals'}";
    String either =
        "{RightFilter:"
            + inactive
            + ",LeftFilter:{field:'a',value:'b',operator:'starts_with'},"
            + "Operator:'Or'}";

    assertThat(
            Filter.fromJson(
                "{LeftFilter:" + inactive + ",RightFilter:" + either + ",Operator:'and'}"))
        .isEqualTo(
            new Compound(
                INACTIVE,
                new Compound(
                    new Simple("a", "b", FilterOperator.STARTS_WITH), INACTIVE, FilterOperator.OR),
                FilterOperator.AND));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|``|The filter has no Operator.",
        "{Operator:null}|``|The filter has no Operator.",
        "{Operator:5}|operator|The member operator must be a text.",
        "{Operator:'like'}|``|The filter's operator like is not known.",
        "{Operator:' a b '}|``|The filter's operator  a b  is not known.",
        "{Operator:''}|``|The filter's operator  is not known.",
        "{Operator:'equals'}|``|The filter has no Field.",
        "{Operator:'equals',Field:' ',Value:'x'}|``|The filter has no Field.",
        "{Operator:'equals',Field:5,Value:'x'}|field|The member field must be a text.",
        "{Operator:'equals',Field:'x'}|``|The filter has no Value.",
        "{Operator:'equals',Field:'x',Value:null}|``|The filter has no Value.",
        "{Operator:'equals',Field:'x',Value:true}|``|The filter has no Value.",
        "{Operator:'equals',Field:'x',Value:['x']}|``|The filter has no Value.",
        "{Operator:'and',Field:'x',Value:'x'}|``|The filter has no leftFilter.",
        "{Operator:'or',LeftFilter:{Operator:'equals',Field:'x',Value:'x'}}|``|The filter has no rightFilter.",
        "{Operator:'and',LeftFilter:'x'}|leftFilter|The member leftFilter must be an object.",
        "{Operator:'and',LeftFilter:{Operator:'or'}}|``|The filter has no leftFilter.",
        "{Operator:'and',LeftFilter:{}}|``|The filter has no Operator.",
        "[]|``|The text must be a JSON object.",
        "Field|``|The text is not JSON: line 1, column 1.",
      })
  void whatIsNoFilterIsRefusedAsAParameter(String json, String property, String message) {
    WireFormatException refusal =
        catchThrowableOfType(WireFormatException.class, () -> Filter.fromJson(json));

    assertThat(refusal).isNotNull().hasMessage(message);
    assertThat(refusal.kind()).isEqualTo(WireFormatException.Kind.UNREADABLE);
    assertThat(refusal.parameter()).isEqualTo("filter");
    assertThat(refusal.property()).isEqualTo(property);
    assertThat(refusal.template().formatted(refusal.arguments().toArray())).isEqualTo(message);
    assertThat(refusal.getCause())
        .isInstanceOf(WireFormatException.class)
        .satisfies(e -> assertThat(((WireFormatException) e).parameter()).isEmpty());
  }
}
