package io.rolloutlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rolloutlab.scenario.check.Secrets;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"DB_PASSWORD", "dbPassword", "PASSWORD", "CLIENT_SECRETS", "token", "apiKey"})
  void namesThatTellOfSecrets(String name) {
    assertThat(Secrets.isSecret(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"APP_ERROR_SHARE", "PORT", "GREETING", "DB_USER"})
  void otherNames(String name) {
    assertThat(Secrets.isSecret(name)).isFalse();
  }

  @Test
  void onlyEnvIsMaskedAndEqualStaysEqualAndDifferentDifferent() throws IOException {
    assertThat(
            masked(
                "{'token':'no','app':{'v1':{'env':{'A_KEY':'x','B_KEY':'y','C':'z'}},"
                    + "'v2':[{'env':{'A_KEY':'x','B_KEY':'w'}}]}}"))
        .isEqualTo(
            json(
                "{'token':'no','app':{'v1':{'env':{'A_KEY':'(masked)','B_KEY':'(masked)','C':'z'}},"
                    + "'v2':[{'env':{'A_KEY':'(masked)','B_KEY':'(masked, value 2)'}}]}}"));
  }

  @Test
  void headersThatTellOfSecretsAreMaskedAsWell() throws IOException {
    assertThat(
            masked(
                "{'requests':[{'headers':{'authorization':'x','Accept':'y','X-Api-Key':'z'}},"
                    + "{'headers':{'Cookie':'w'},'body':'token'}],'Cookie':'v'}"))
        .isEqualTo(
            json(
                "{'requests':[{'headers':{'authorization':'(masked)','Accept':'y',"
                    + "'X-Api-Key':'(masked)'}},"
                    + "{'headers':{'Cookie':'(masked)'},'body':'token'}],'Cookie':'v'}"));
  }

  @Test
  void whatIsMaskedStaysAsItIs() throws IOException {
    JsonNode once = masked("{'v1':{'env':{'KEY':'a'}},'v2':{'env':{'KEY':'b'}}}");
    JsonNode twice = once.deepCopy();

    Secrets.mask(twice);

    assertThat(twice).isEqualTo(once);
  }

  private static JsonNode masked(String text) throws IOException {
    JsonNode tree = json(text);
    Secrets.mask(tree);
    return tree;
  }

  private static JsonNode json(String text) throws IOException {
    return JsonMapper.builder().build().readTree(text.replace('\'', '"'));
  }
}
