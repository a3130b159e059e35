package dev.evergreen.server.customer.web;

import dev.evergreen.server.team.Agent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.ui.Model;

/// A form that an agent has sent, and where its answer goes.
public record Exchange(
    Agent agent, HttpServletRequest request, HttpServletResponse response, Model model) {}
