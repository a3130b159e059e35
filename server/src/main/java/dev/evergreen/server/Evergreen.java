package dev.evergreen.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// The program's entry point.
@SpringBootApplication
public class Evergreen {
  public static void main(String[] arguments) {
    SpringApplication.run(Evergreen.class, arguments);
  }
}
