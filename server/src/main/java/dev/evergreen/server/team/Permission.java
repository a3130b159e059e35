package dev.evergreen.server.team;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// One thing that a role may allow. What is about tickets is granted everywhere, for what is given
/// to one's teams, or for chosen teams; what is not is granted or not.
public enum Permission {
  SEE(Group.TICKETS, "See tickets"),
  NOTE(Group.TICKETS, "Write notes, do the tasks of workflows"),
  ANSWER(Group.TICKETS, "Write to customers and partners"),
  SORT(Group.TICKETS, "Sort: type, priority, fields, tags, follow-ups"),
  ASSIGN(Group.TICKETS, "Assign"),
  CLOSE(Group.TICKETS, "Set the status, close and reopen"),
  MERGE(Group.TICKETS, "Merge, split and link"),
  INVOLVE(Group.TICKETS, "Start workflows, give tasks, ask colleagues, hand over"),
  BULK(Group.TICKETS, "Change many at once"),
  OPEN(Group.ANSWERING, "Open tickets"),
  PREPARE(Group.ANSWERING, "Keep canned responses and macros"),
  SHARE(Group.ANSWERING, "Keep what everybody uses: views, macros, signatures"),
  SEE_CUSTOMERS(Group.CUSTOMERS, "See customers and organizations"),
  EDIT_CUSTOMERS(Group.CUSTOMERS, "Edit and merge customers and organizations"),
  EXPORT(Group.CUSTOMERS, "Export and erase what is known about a person"),
  /// Also what only those who answer for a team are asked.
  LEAD(Group.RUNNING, "Lead: be asked for a team, end tasks of others"),
  PUBLISH(Group.RUNNING, "Write and publish workflows, follow and mend their runs"),
  SET_UP(Group.RUNNING, "Set up tickets, customers, quarantine and reopening"),
  ADMINISTER(Group.RUNNING, "Administer: people, roles, channels, webhooks, imports, audit log");

  /// What stands together where roles are made.
  public enum Group {
    TICKETS("Tickets"),
    ANSWERING("Answering"),
    CUSTOMERS("Customers"),
    RUNNING("Running the desk");

    private final String label;

    Group(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }

    public List<Permission> permissions() {
      return Arrays.stream(Permission.values()).filter(one -> one.group == this).toList();
    }
  }

  private final Group group;
  private final String label;

  Permission(Group group, String label) {
    this.group = group;
    this.label = label;
  }

  public String label() {
    return label;
  }

  /// How it is called where it is stored and sent.
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Whether it can be granted for some tickets only.
  public boolean isPlaced() {
    return group == Group.TICKETS;
  }

  /// Whether it shows something of every ticket, so that whoever has it must see them all.
  public boolean showsAllTickets() {
    return this == EXPORT || this == PUBLISH || this == SET_UP || this == ADMINISTER;
  }

  /// Whether whoever has it for any tickets also has it for those with a task for them: that is
  /// what the task is for. A ticket that is merely shared is not theirs to close or to give away.
  public boolean comesWithTasks() {
    return this == SEE || this == NOTE || this == SORT;
  }
}
