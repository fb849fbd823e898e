package io.tollgate.billing.catalog;

/** Where the catalog comes from: the configuration, and what operators have changed since. */
@FunctionalInterface
public interface Catalogs {

    /** What is for sale now. Costs nothing: ask for each request, and once in each. */
    Catalog current();
}
