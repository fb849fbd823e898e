package io.tollgate.billing.simulation;

import java.util.function.Consumer;

/**
 * Something a customer, a bank or an operator may do.
 *
 * @param weight how often, beside the others
 */
record Deed(String name, int weight, Consumer<Customer> doing) {}
