/* Results of exception filters. */
#ifndef DRVLINT_EXCPT_H
#define DRVLINT_EXCPT_H

#define EXCEPTION_EXECUTE_HANDLER    1
#define EXCEPTION_CONTINUE_SEARCH    0
#define EXCEPTION_CONTINUE_EXECUTION (-1)

#ifndef __cplusplus
#define try     __try
#define except  __except
#define finally __finally
#define leave   __leave
#endif

#ifndef GetExceptionCode
#define GetExceptionCode        _exception_code
#define exception_code          _exception_code
#define GetExceptionInformation (struct _EXCEPTION_POINTERS *)_exception_info
#define exception_info          (struct _EXCEPTION_POINTERS *)_exception_info
#define AbnormalTermination     _abnormal_termination
#endif

#endif
