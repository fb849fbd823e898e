package io.tollgate.gateway.fault;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives test classes one installation, since starting it takes longer than most faults last; it ends with the test run. */
final class SharedFaultyInstallation implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SharedFaultyInstallation.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == FaultyInstallation.class;
    }

    @Override
    public FaultyInstallation resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(FaultyInstallation.class, _ -> FaultyInstallation.start(), FaultyInstallation.class);
    }
}
