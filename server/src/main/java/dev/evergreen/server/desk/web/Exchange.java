package dev.evergreen.server.desk.web;

import dev.evergreen.server.team.Agent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.ui.Model;

/// Who asks, and all that an answer is written with.
record Exchange(
    Agent agent, HttpServletRequest request, HttpServletResponse response, Model model) {}
