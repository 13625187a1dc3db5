"""The quarterly bulletin (季度通报): its text and its annexes."""
