package dev.oriel.signaling.jakarta;

import dev.oriel.signaling.front.HttpFront;
import dev.oriel.signaling.front.Registration;
import dev.oriel.signaling.settings.SignalingSettings;
import jakarta.servlet.Servlet;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;

/** Puts the front on the whiteboard of a server that speaks {@code jakarta.servlet}, as long as there is one. */
@Component(service = {})
public final class JakartaWhiteboard {

    private final ServiceRegistration<Servlet> registration;

    /** @param runtime says that there is such a server; SCR loads this class only then */
    @Activate
    public JakartaWhiteboard(
            @Reference HttpServiceRuntime runtime,
            @Reference HttpFront front,
            @Reference SignalingSettings settings,
            BundleContext context) {
        registration = context.registerService(
                Servlet.class, new JakartaServlet(front), Registration.properties(settings.prefix()));
    }

    /** Takes it off again. */
    @Deactivate
    public void stop() {
        registration.unregister();
    }
}
