-- Last part of reading and inspecting an account.
return reply(answer)
