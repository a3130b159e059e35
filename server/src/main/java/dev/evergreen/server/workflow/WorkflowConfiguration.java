package dev.evergreen.server.workflow;

import dev.evergreen.language.Catalogue;
import dev.evergreen.language.DefinedFacts;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WorkflowConfiguration {
  /// What all modules offer to workflows: the same that `evergreen check` knows, and the facts that
  /// this installation has defined itself.
  @Bean
  Catalogue catalogue(ObjectProvider<DefinedFacts> defined) {
    return Catalogue.load()
        .withDefined(() -> defined.stream().flatMap(one -> one.facts().stream()).toList());
  }
}
