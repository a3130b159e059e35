/// What is done on a ticket together with others: partners, other teams, colleagues who are asked.
@NullMarked
package dev.evergreen.server.desk.web.together;

import org.jspecify.annotations.NullMarked;
