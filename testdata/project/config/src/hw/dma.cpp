int dma_cpp;
