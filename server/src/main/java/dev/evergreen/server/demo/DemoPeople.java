package dev.evergreen.server.demo;

import dev.evergreen.server.team.Role;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// The people of the demo: who works at Ridgeline Outfitters, and who writes to it.
final class DemoPeople {
  static final String SHOP = "Ridgeline Outfitters";
  static final String DOMAIN = "ridgeline.example";
  static final String SUPPORT = "support@" + DOMAIN;

  /// The password of every demo sign-in.
  static final String PASSWORD = "evergreen-demo";

  /// Those who can sign in, with the password above: one for each role.
  static final List<String> SIGN_INS =
      Stream.of("mateo", "ines", "ada", "pavel").map(name -> name + "@" + DOMAIN).toList();

  record Colleague(String name, Role role, List<String> teams) {
    String address() {
      return DemoPeople.mailName(name.substring(0, name.indexOf(' '))) + "@" + DOMAIN;
    }
  }

  private record Company(String name, String domain) {}

  record DemoTeam(String key, String name) {}

  static final List<DemoTeam> TEAMS =
      List.of(
          new DemoTeam("frontline", "Frontline"),
          new DemoTeam("technical", "Technical"),
          new DemoTeam("returns", "Returns"));

  static final List<Colleague> COLLEAGUES =
      List.of(
          new Colleague("Mateo Ortiz", Role.AGENT, List.of("frontline")),
          new Colleague("Ines Sørensen", Role.LEAD, List.of("frontline", "returns")),
          new Colleague("Ada Lindqvist", Role.ADMINISTRATOR, List.of("frontline")),
          new Colleague("Yuki Tanaka", Role.AGENT, List.of("frontline")),
          new Colleague("Leon Fischer", Role.AGENT, List.of("frontline")),
          new Colleague("Chiara Romano", Role.AGENT, List.of("frontline", "returns")),
          new Colleague("Noor Haddad", Role.AGENT, List.of("frontline")),
          new Colleague("Oskar Nyman", Role.LEAD, List.of("technical")),
          new Colleague("Femi Adeyemi", Role.AGENT, List.of("technical")),
          new Colleague("Hanna Kowalska", Role.AGENT, List.of("technical")),
          new Colleague("Bruno Costa", Role.AGENT, List.of("returns")),
          new Colleague("Maeve Byrne", Role.AGENT, List.of("returns")),
          new Colleague("Pavel Novak", Role.COLLABORATOR, List.of("technical")));

  private static final List<String> FIRST =
      words(
          """
          Amara Jonas Priya Tomás Ellen Marek Sofia Liam Aisha Henrik Giulia Wei
          Nadia Oliver Freya Samuel Elif Lucas Zofia Kwame Ingrid Rafael Mina Viktor
          Chloé Daniel Saoirse Emil Laila Anton Beatriz Callum Dilan Eszter Fatima Goran
          Hélène Ibrahim Jana Kaito Leila Magnus Nora Owen Petra Quentin Rosa Sanjay
          Thea Umar Vera Willem Yasmin Zoltan Agnes Bram Carla Dario Esther Finn
          """);
  private static final List<String> LAST =
      words(
          """
          Okafor Weber Nair Rivera Brandt Nowak Marino Walsh Rahman Lund Conti Chen
          Petrov Hughes Dahl Mensah Yilmaz Moreau Zielinska Boateng Holm Silva Park Sokolov
          Laurent Schmid Gallagher Virtanen Khoury Berg Andersson Bianchi Castillo Dubois Eriksen Farkas
          Gruber Horvat Iyer Jansen Keller Lopez Murphy Novotny Oduya Peeters Quinn Rossi
          Sato Tamm Ustinov Vogel Wagner Yamada Zhang Aalto Bakker Cohen Demir Ferrari
          """);
  private static final List<String> PRIVATE =
      List.of("posteo.example", "mailbox.example", "inbox.example", "letters.example");
  private static final List<Company> COMPANIES =
      List.of(
          new Company("Fjällsport", "fjallsport.example"),
          new Company("Nordlys Guiding", "nordlys-guiding.example"),
          new Company("Alpenverein Süd", "alpenverein-sued.example"),
          new Company("Hillside School", "hillside-school.example"),
          new Company("Trailworks", "trailworks.example"),
          new Company("Refuge des Aiguilles", "refuge-aiguilles.example"),
          new Company("Mountain Rescue Glenmore", "glenmore-rescue.example"),
          new Company("Kompas Travel", "kompas-travel.example"));
  private static final List<String> PLACES =
      List.of(
          "the Dolomites",
          "Milan",
          "Oslo",
          "Zermatt",
          "Edinburgh",
          "Innsbruck",
          "Ljubljana",
          "Chamonix",
          "Bergen",
          "Kraków",
          "Porto",
          "Freiburg",
          "Tromsø",
          "Galway");

  private DemoPeople() {}

  static List<DemoCustomer> customers(RandomGenerator random, int count) {
    var names = new LinkedHashSet<String>();
    names.add("Amara Okafor");
    while (names.size() < count) {
      names.add(any(FIRST, random) + " " + any(LAST, random));
    }
    return names.stream().map(name -> customer(name, random)).toList();
  }

  private static DemoCustomer customer(String name, RandomGenerator random) {
    var mailName = mailName(name.replace(' ', '.'));
    var place = any(PLACES, random);
    if (random.nextInt(8) == 0) {
      var company = any(COMPANIES, random);
      return new DemoCustomer(name, mailName + "@" + company.domain(), place, company.domain());
    }
    return new DemoCustomer(name, mailName + "@" + any(PRIVATE, random), place, null);
  }

  /// What a domain's company calls itself.
  static Optional<String> companyAt(String domain) {
    return COMPANIES.stream()
        .filter(company -> company.domain().equals(domain))
        .map(Company::name)
        .findFirst();
  }

  static <T> T any(List<T> list, RandomGenerator random) {
    return list.get(random.nextInt(list.size()));
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+"));
  }

  private static String mailName(String name) {
    return Normalizer.normalize(name.replace('ø', 'o'), Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT);
  }
}
