package io.tollgate.sandbox.ai;

/** A response that is no answer of a model. */
record JsonResponse(int status, String body) {}
