/* Marks for a static verifier, defined away. */
#ifndef DRVLINT_SDV_DRIVERSPECS_H
#define DRVLINT_SDV_DRIVERSPECS_H

#define __sdv_save_adapter_context(c)
#define __sdv_load_adapter_context(c)
#define __sdv_save_request(request)
#define __sdv_retrieve_request(request)

#endif
