package dev.evergreen.server.desk.api;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import io.swagger.v3.oas.annotations.servers.Server;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/// Hands out the description of the API (OpenAPI 3.1), which is written with the program and not
/// while it runs. It is no secret.
@OpenAPIDefinition(
    info =
        @Info(
            title = "Evergreen",
            version = "1",
            description =
                "What the desk does, for programs. Every call brings a token of the agent it acts"
                    + " for, as Authorization: Bearer evg_…, and may do what that agent may. A"
                    + " refusal is application/problem+json with a sentence that says what was"
                    + " expected and what was found. A call with an Idempotency-Key is done once."
                    + " Lists are read page by page: hand the next of one back as its cursor."),
    servers = @Server(url = "/", description = "This installation"),
    security = @SecurityRequirement(name = "token"))
@SecurityScheme(
    name = "token",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    description = "A token that an agent made on their account page")
@Controller
class OpenApiController {

  @GetMapping("/openapi.json")
  ResponseEntity<Resource> show() {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(new ClassPathResource("openapi.json"));
  }
}
