package io.tollgate.gateway.proxy;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One {@link Stage} for all classes that ask for it; after each of them nothing may have leaked. */
final class SharedStage implements ParameterResolver, AfterAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(SharedStage.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stage.class;
    }

    @Override
    public Stage resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return stage(context);
    }

    // JUnit closes it once the last test has run.
    private static Stage stage(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent(Stage.class, _ -> new Stage(), Stage.class);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (context.getTestClass().filter(Class::isMemberClass).isEmpty()) {
            stage(context).assertNothingLeaks();
        }
    }
}
