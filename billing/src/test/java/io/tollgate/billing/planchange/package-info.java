@org.jspecify.annotations.NullMarked
package io.tollgate.billing.planchange;
