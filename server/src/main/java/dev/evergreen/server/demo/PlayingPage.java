package dev.evergreen.server.demo;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.ModelAndViewDefiningException;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// While the demo is being played in, every page says how far it is and looks again by itself.
@Component
@ConditionalOnBooleanProperty("evergreen.demo")
class PlayingPage implements WebMvcConfigurer, HandlerInterceptor {
  private final Demo demo;

  PlayingPage(Demo demo) {
    this.demo = demo;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this).excludePathPatterns("/assets/**", "/health/**", "/error");
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws ModelAndViewDefiningException {
    if (!demo.isPlaying()) {
      return true;
    }
    response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
    response.setHeader("Refresh", "1");
    throw new ModelAndViewDefiningException(
        new ModelAndView("demo/playing").addObject("progress", demo.progress()));
  }
}
