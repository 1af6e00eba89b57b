/* Source annotations, SAL 1 and SAL 2, all defined away: drvlint takes what it needs to know from
 * role types and from its model of the functions. */
#ifndef DRVLINT_SAL_H
#define DRVLINT_SAL_H

/* SAL 2: parameters */
#define _In_
#define _In_opt_
#define _In_z_
#define _In_opt_z_
#define _In_range_(lo, hi)
#define _In_reads_(n)
#define _In_reads_opt_(n)
#define _In_reads_z_(n)
#define _In_reads_or_z_(n)
#define _In_reads_opt_z_(n)
#define _In_reads_to_ptr_(p)
#define _In_reads_bytes_(n)
#define _In_reads_bytes_opt_(n)
#define _In_reads_bytes_to_ptr_(p)
#define _In_bytecount_(n)
#define _In_bytecount_c_(n)
#define _In_count_(n)
#define _In_NLS_string_(n)
#define _In_defensive_(annotation)
#define _In_function_class_(name)
#define _Out_
#define _Out_opt_
#define _Out_range_(lo, hi)
#define _Out_writes_(n)
#define _Out_writes_opt_(n)
#define _Out_writes_z_(n)
#define _Out_writes_opt_z_(n)
#define _Out_writes_to_(n, written)
#define _Out_writes_to_opt_(n, written)
#define _Out_writes_all_(n)
#define _Out_writes_all_opt_(n)
#define _Out_writes_to_ptr_(p)
#define _Out_writes_bytes_(n)
#define _Out_writes_bytes_opt_(n)
#define _Out_writes_bytes_to_(n, written)
#define _Out_writes_bytes_to_opt_(n, written)
#define _Out_writes_bytes_all_(n)
#define _Out_writes_bytes_all_opt_(n)
#define _Out_bytecap_(n)
#define _Out_cap_(n)
#define _Outptr_
#define _Outptr_opt_
#define _Outptr_result_maybenull_
#define _Outptr_opt_result_maybenull_
#define _Outptr_result_z_
#define _Outptr_result_nullonfailure_
#define _Outptr_result_buffer_(n)
#define _Outptr_opt_result_buffer_(n)
#define _Outptr_result_buffer_maybenull_(n)
#define _Outptr_result_buffer_all_(n)
#define _Outptr_result_bytebuffer_(n)
#define _Outptr_opt_result_bytebuffer_(n)
#define _Outptr_result_bytebuffer_maybenull_(n)
#define _Outptr_result_bytebuffer_to_(n, written)
#define _Outptr_result_bytebuffer_all_(n)
#define _Outptr_result_bytebuffer_all_maybenull_(n)
#define _COM_Outptr_
#define _Outref_
#define _Inout_
#define _Inout_opt_
#define _Inout_z_
#define _Inout_updates_(n)
#define _Inout_updates_opt_(n)
#define _Inout_updates_z_(n)
#define _Inout_updates_to_(n, written)
#define _Inout_updates_all_(n)
#define _Inout_updates_bytes_(n)
#define _Inout_updates_bytes_opt_(n)
#define _Inout_updates_bytes_to_(n, written)
#define _Inout_updates_bytes_to_opt_(n, written)
#define _Inout_updates_bytes_all_(n)
#define _Deref_in_
#define _Deref_out_
#define _Deref_opt_out_
#define _Deref_inout_
#define _Deref_out_range_(lo, hi)
#define _Deref_in_range_(lo, hi)
#define _Deref_prepost_opt_z_
#define _Deref_pre_z_
#define _Deref_post_z_
#define _Reserved_
#define _Const_
#define _Points_to_data_

/* SAL 2: fields, results, functions */
#define _Field_size_(n)
#define _Field_size_opt_(n)
#define _Field_size_part_(n, used)
#define _Field_size_part_opt_(n, used)
#define _Field_size_full_(n)
#define _Field_size_full_opt_(n)
#define _Field_size_bytes_(n)
#define _Field_size_bytes_opt_(n)
#define _Field_size_bytes_part_(n, used)
#define _Field_size_bytes_full_(n)
#define _Field_size_bytes_full_opt_(n)
#define _Field_range_(lo, hi)
#define _Field_z_
#define _Struct_size_bytes_(n)
#define _Ret_maybenull_
#define _Ret_maybenull_z_
#define _Ret_notnull_
#define _Ret_null_
#define _Ret_valid_
#define _Ret_z_
#define _Ret_opt_
#define _Ret_range_(lo, hi)
#define _Ret_writes_(n)
#define _Ret_writes_bytes_(n)
#define _Ret_writes_maybenull_(n)
#define _Ret_writes_bytes_maybenull_(n)
#define _Result_nullonfailure_
#define _Result_zeroonfailure_
#define _Success_(condition)
#define _Return_type_success_(condition)
#define _On_failure_(annotation)
#define _Always_(annotation)
#define _When_(condition, annotation)
#define _At_(target, annotation)
#define _At_buffer_(target, iterator, n, annotation)
#define _Group_(annotation)
#define _Check_return_
#define _Must_inspect_result_
#define _Use_decl_annotations_
#define _Function_class_(name)
#define _Called_from_function_class_(name)
#define _Maybe_raises_SEH_exception_
#define _Raises_SEH_exception_
#define _Printf_format_string_
#define _Scanf_format_string_
#define _Null_terminated_
#define _NullNull_terminated_
#define _Notnull_
#define _Maybenull_
#define _Null_
#define _Valid_
#define _Notvalid_
#define _Literal_
#define _Notliteral_
#define _Interlocked_operand_
#define _Strict_type_match_
#define _Points_to_(annotation)
#define _Readable_bytes_(n)
#define _Readable_elements_(n)
#define _Writable_bytes_(n)
#define _Writable_elements_(n)
#define _Pre_
#define _Pre_null_
#define _Pre_notnull_
#define _Pre_maybenull_
#define _Pre_valid_
#define _Pre_satisfies_(condition)
#define _Pre_readable_size_(n)
#define _Pre_readable_byte_size_(n)
#define _Pre_writable_size_(n)
#define _Pre_writable_byte_size_(n)
#define _Pre_opt_valid_
#define _Pre_z_
#define _Pre_equal_to_(expression)
#define _Pre_defensive_
#define _Post_
#define _Post_null_
#define _Post_notnull_
#define _Post_maybenull_
#define _Post_valid_
#define _Post_invalid_
#define _Post_ptr_invalid_
#define _Post_satisfies_(condition)
#define _Post_readable_size_(n)
#define _Post_readable_byte_size_(n)
#define _Post_writable_size_(n)
#define _Post_writable_byte_size_(n)
#define _Post_equal_to_(expression)
#define _Post_equals_last_error_
#define _Post_z_
#define _Post_defensive_
#define _Prepost_z_
#define _Prepost_opt_z_
#define _Unchanged_(expression)

/* SAL 2: rarer ones */
#define _Benign_race_begin_
#define _Benign_race_end_
#define _COM_Outptr_opt_
#define _COM_Outptr_opt_result_maybenull_
#define _COM_Outptr_opt_result_maybenull_z_
#define _COM_Outptr_opt_result_nullonfailure_
#define _COM_Outptr_opt_result_z_
#define _COM_Outptr_result_maybenull_
#define _COM_Outptr_result_maybenull_z_
#define _COM_Outptr_result_nullonfailure_
#define _COM_Outptr_result_z_
#define _Check_return_opt_
#define _Create_lock_level_(level)
#define _Field_size_bytes_part_opt_(n, written)
#define _Frees_ptr_
#define _Frees_ptr_opt_
#define _In_reads_bytes_to_ptr_opt_(p)
#define _In_reads_to_ptr_opt_(p)
#define _In_reads_to_ptr_z_(p)
#define _Inout_opt_z_
#define _Inout_updates_all_opt_(n)
#define _Inout_updates_bytes_all_opt_(n)
#define _Inout_updates_bytes_opt_z_(n)
#define _Inout_updates_bytes_z_(n)
#define _Inout_updates_opt_z_(n)
#define _Inout_updates_to_opt_(n, written)
#define _Maybevalid_
#define _No_competing_thread_
#define _No_competing_thread_begin_
#define _No_competing_thread_end_
#define _Out_defensive_
#define _Out_writes_bytes_to_ptr_(p)
#define _Out_writes_to_ptr_z_(p)
#define _Out_z_
#define _Outptr_opt_result_buffer_all_(n)
#define _Outptr_opt_result_buffer_all_maybenull_(n)
#define _Outptr_opt_result_buffer_maybenull_(n)
#define _Outptr_opt_result_buffer_to_(n, written)
#define _Outptr_opt_result_buffer_to_maybenull_(n, written)
#define _Outptr_opt_result_bytebuffer_all_(n)
#define _Outptr_opt_result_bytebuffer_all_maybenull_(n)
#define _Outptr_opt_result_bytebuffer_maybenull_(n)
#define _Outptr_opt_result_bytebuffer_to_(n, written)
#define _Outptr_opt_result_bytebuffer_to_maybenull_(n, written)
#define _Outptr_opt_result_maybenull_z_
#define _Outptr_opt_result_nullonfailure_
#define _Outptr_opt_result_z_
#define _Outptr_result_buffer_all_maybenull_(n)
#define _Outptr_result_buffer_to_(n, written)
#define _Outptr_result_buffer_to_maybenull_(n, written)
#define _Outptr_result_bytebuffer_to_maybenull_(n, written)
#define _Outptr_result_maybenull_z_
#define _Outref_result_buffer_(n)
#define _Outref_result_buffer_all_(n)
#define _Outref_result_buffer_all_maybenull_(n)
#define _Outref_result_buffer_maybenull_(n)
#define _Outref_result_buffer_to_(n, written)
#define _Outref_result_buffer_to_maybenull_(n, written)
#define _Outref_result_bytebuffer_(n)
#define _Outref_result_bytebuffer_all_(n)
#define _Outref_result_bytebuffer_all_maybenull_(n)
#define _Outref_result_bytebuffer_maybenull_(n)
#define _Outref_result_bytebuffer_to_(n, written)
#define _Outref_result_bytebuffer_to_maybenull_(n, written)
#define _Outref_result_maybenull_
#define _Outref_result_nullonfailure_
#define _Points_to_null_
#define _Printf_format_string_params_(n)
#define _Readable_bytes_unknown_
#define _Ret_nullonfailure_
#define _Ret_writes_bytes_to_(n, written)
#define _Ret_writes_bytes_to_maybenull_(n, written)
#define _Ret_writes_maybenull_z_(n)
#define _Ret_writes_to_(n, written)
#define _Ret_writes_to_maybenull_(n, written)
#define _Ret_writes_z_(n)
#define _Satisfies_(condition)
#define _Scanf_format_string_params_(n)
#define _Scanf_s_format_string_
#define _Scanf_s_format_string_params_(n)
#define _Translates_errno_
#define _Translates_last_error_

/* SAL 2: what a checker is told */
#define _Analysis_assume_(condition)
#define _Analysis_assume_nullterminated_(string)
#define _Analysis_assume_lock_acquired_(lock)
#define _Analysis_assume_lock_released_(lock)
#define _Analysis_assume_lock_held_(lock)
#define _Analysis_assume_lock_not_held_(lock)
#define _Analysis_assume_same_lock_(lock1, lock2)
#define _Analysis_suppress_lock_checking_(lock)
#define _Analysis_suppress_lock_count_checking_(lock)
#define _Analysis_noreturn_
#define _Analysis_mode_(mode)
#define _Enum_is_bitflag_
#define _Str_to_ptr_
#define __analysis_assume(condition)
#define __assume_bound(i)
#define __analysis_noreturn
#define __fallthrough
#define __callback
#define __checkReturn
#define __control_entrypoint(category)
#define __data_entrypoint(category)
#define __format_string
#define __nullterminated
#define __nullnullterminated
#define __notnull
#define __maybenull
#define __success(condition)
#define __override
#define __reserved
#define __range(lo, hi)
#define __in_range(lo, hi)
#define __out_range(lo, hi)
#define __field_range(lo, hi)
#define __typefix(type)
#define __typefix_(type)
#define __struct_bcount(n)
#define __possibly_notnullterminated
#define __encoded_pointer
#define __useHeader
#define __on_failure(annotation)
#define __always(annotation)
#define __inner_exceptthat

/* SAL 1 */
#define __in
#define __in_opt
#define __in_z
#define __in_z_opt
#define __in_ecount(n)
#define __in_ecount_z(n)
#define __in_ecount_opt(n)
#define __in_bcount(n)
#define __in_bcount_z(n)
#define __in_bcount_opt(n)
#define __in_xcount(n)
#define __in_xcount_opt(n)
#define __in_data_source(source)
#define __out
#define __out_opt
#define __out_z
#define __out_ecount(n)
#define __out_ecount_z(n)
#define __out_ecount_opt(n)
#define __out_ecount_part(n, written)
#define __out_ecount_part_opt(n, written)
#define __out_ecount_full(n)
#define __out_ecount_full_opt(n)
#define __out_bcount(n)
#define __out_bcount_z(n)
#define __out_bcount_opt(n)
#define __out_bcount_part(n, written)
#define __out_bcount_part_opt(n, written)
#define __out_bcount_full(n)
#define __out_bcount_full_opt(n)
#define __out_xcount(n)
#define __out_xcount_opt(n)
#define __out_has_type_adt_props(type)
#define __out_data_source(source)
#define __inout
#define __inout_opt
#define __inout_z
#define __inout_ecount(n)
#define __inout_ecount_z(n)
#define __inout_ecount_opt(n)
#define __inout_ecount_full(n)
#define __inout_ecount_part(n, written)
#define __inout_bcount(n)
#define __inout_bcount_opt(n)
#define __inout_bcount_full(n)
#define __inout_bcount_part(n, written)
#define __inout_bcount_part_opt(n, written)
#define __inout_xcount(n)
#define __deref
#define __deref_in
#define __deref_in_opt
#define __deref_in_bcount(n)
#define __deref_in_ecount(n)
#define __deref_out
#define __deref_out_opt
#define __deref_out_z
#define __deref_out_range(lo, hi)
#define __deref_out_ecount(n)
#define __deref_out_ecount_opt(n)
#define __deref_out_bcount(n)
#define __deref_out_bcount_opt(n)
#define __deref_out_bcount_part(n, written)
#define __deref_out_bcount_full(n)
#define __deref_opt_out
#define __deref_opt_out_opt
#define __deref_opt_out_bcount(n)
#define __deref_opt_out_bcount_opt(n)
#define __deref_opt_out_bcount_full(n)
#define __deref_opt_out_ecount(n)
#define __deref_inout
#define __deref_inout_opt
#define __deref_inout_bcount(n)
#define __deref_opt_inout
#define __deref_opt_inout_opt
#define __deref_volatile
#define __ecount(n)
#define __ecount_opt(n)
#define __ecount_part(n, written)
#define __bcount(n)
#define __bcount_opt(n)
#define __bcount_part(n, written)
#define __xcount(n)
#define __field_ecount(n)
#define __field_ecount_opt(n)
#define __field_ecount_part(n, used)
#define __field_bcount(n)
#define __field_bcount_opt(n)
#define __field_bcount_part(n, used)
#define __field_bcount_full(n)
#define __field_nullterminated
#define __field_xcount(n)
#define __post_nullterminated
#define __post_invalid
#define __inexpressible_readableTo(n)

#include "sallegacy.h"

#endif
