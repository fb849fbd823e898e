package io.tollgate.metering.account;

/** Whether an account may hold credit. Ending a hold is possible in every state. */
public enum AccountState {
    ACTIVE,
    FROZEN,
    CLOSED
}
