package dev.evergreen.server.team;

import dev.evergreen.server.platform.Settings;
import dev.evergreen.server.platform.text.Language;
import dev.evergreen.server.platform.web.Reading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// In which language each agent reads pages and gets mail. Who has not chosen reads what the
/// installation speaks.
@Component
public class AgentLanguages {
  private final JdbcClient database;
  private final Settings settings;

  AgentLanguages(JdbcClient database, Settings settings) {
    this.database = database;
    this.settings = settings;
  }

  public Optional<Language> of(AgentId agent) {
    return database
        .sql("select language from agent where id = :id and language is not null")
        .param("id", agent.value())
        .query((row, _) -> row.getString("language"))
        .optional()
        .flatMap(Language::of);
  }

  /// For mail, where no browser asks for anything.
  public Language readBy(AgentId agent) {
    return of(agent)
        .or(() -> Language.of(settings.get(Reading.INSTALLATION)))
        .orElse(Language.ENGLISH);
  }

  /// @param language null to read what the installation speaks
  public void choose(AgentId agent, @Nullable Language language) {
    database
        .sql("update agent set language = :language where id = :id")
        .param("id", agent.value())
        .param("language", language == null ? null : language.tag())
        .update();
  }

  static @Nullable Language read(ResultSet row) throws SQLException {
    String tag = row.getString("language");
    return tag == null ? null : Language.of(tag).orElse(null);
  }
}
